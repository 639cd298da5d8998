"""The bill once a session, and a copy of its workspace for each test that writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.core.period import BillingPeriod
from tests.corpus.workspaces import copied
from tests.savings import room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.fixture(scope="session")
def billed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workspace lies that has the bill; August to October are closed."""
    folder = tmp_path_factory.mktemp("savings")
    workspace = room.made(make_workspace(folder / "workspace"), folder)
    room.shut(workspace, BillingPeriod(2026, 8), room.SEPTEMBER, room.OCTOBER)
    workspace.close()
    return folder / "workspace"


@pytest.fixture
def shop(billed: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of it, of the test's own."""
    opened = copied(billed, tmp_path / "own")
    yield opened
    opened.close()

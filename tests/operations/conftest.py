"""An empty workspace, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.fixture
def opened(workspace: Path) -> Iterator[Workspace]:
    """A new workspace, closed after the test."""
    made = make_workspace(workspace)
    yield made
    made.close()

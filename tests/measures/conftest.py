"""The little bill of April 2026, once as it is and once with a rate of exchange."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.exchange.rates import add_rates
from finops.exchange.rates import read
from finops.ingestion import ingest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset

AT = datetime(2026, 5, 2, tzinfo=UTC)


@pytest.fixture(scope="session")
def mini_workspace(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Workspace]:
    """Snapshot 1 is the bill, snapshot 2 has the rate: 1 EUR is 1.10 USD."""
    workspace = make_workspace(tmp_path_factory.mktemp("mini") / "workspace")
    folder = shared / "mini"
    file = str(folder / "mini_focus_2026-04.csv")
    ingest.run(workspace, [file], actor=local_actor(), at=AT)
    rates = read(folder / "mini_fx.csv")
    add_rates(
        workspace.store, actor=local_actor(), at=AT, origin="", rates=rates, file="mini_fx.csv"
    )
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def bare(mini_workspace: Workspace) -> Dataset:
    """The bill alone."""
    return mini_workspace.dataset(as_of="1")


@pytest.fixture(scope="session")
def mini(mini_workspace: Workspace) -> Dataset:
    """The bill with its rate."""
    return mini_workspace.dataset()

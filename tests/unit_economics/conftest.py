"""An empty workspace, and one of a shop that can be added up by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.period import BillingPeriod
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import metrics_of
from finops.measures import ask
from finops.unit_economics.prepared import prepare
from finops.unit_economics.sources import sources
from tests.unit_economics import shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    """A new workspace, closed after the test."""
    made = make_workspace(tmp_path / "workspace")
    yield made
    made.close()


@pytest.fixture(scope="session")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop's workspace."""
    return shop.sold(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def of_shop(sold: Path) -> Iterator[Sources]:
    """Where the shop's figures come from."""
    workspace = open_workspace(sold)
    dataset = workspace.dataset()
    found = series(metrics_of(workspace, dataset.snapshot), until=date(2026, 11, 1))
    yield sources(workspace, dataset, found, ask=ask)
    workspace.close()


@pytest.fixture(scope="session")
def october(of_shop: Sources) -> Prepared:
    """The shop's October, ready for its levers."""
    return prepare(of_shop, ("shop", "orders"), BillingPeriod(2026, 10))

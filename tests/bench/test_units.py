"""Units of the benchmark: counted once, on every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace
from finops.bench.units import ORDERS
from finops.bench.units import sell
from finops.ingestion.metrics import metrics_of
from finops.unit_economics.coefficients import declared
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path


def test_every_day_is_counted_once_however_often_it_runs(tmp_path: Path) -> None:
    folder = bills.three_months(tmp_path)
    for _ in range(2):
        sell(folder)
    workspace = open_workspace(folder)
    snapshot = workspace.snapshot()
    found = metrics_of(workspace, snapshot)
    assert len(found) == 30 + 31 + 30
    assert {one.unit for one in found} == {ORDERS}
    assert len(declared(workspace, snapshot)) == 1
    workspace.close()

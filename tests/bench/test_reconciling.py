from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.bench import bill
from finops.bench import reconciling
from tests.invoicing.bill import bring_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """A workspace with a small bill of the benchmark's month."""
    folder = tmp_path / "workspace"
    bill.write(tmp_path / "bill.csv.gz", rows=500)
    workspace = make_workspace(folder)
    bring_file(workspace, tmp_path / "bill.csv.gz")
    workspace.close()
    return folder


@pytest.mark.thorough
def test_a_month_is_reconciled_beside_a_scan_of_its_columns(loaded: Path) -> None:
    told: list[str] = []
    (found,) = reconciling.reconciling(loaded, rows=500, rounds=1, say=told.append)
    assert found.work == "reconcile of 500 lines"
    assert (found.ours > 0, found.bare > 0, found.bar) == (True, True, 1.5)
    assert told == ["reconciling 500 lines, 1 times, in turns with the bare scan"]


def test_a_month_without_its_invoice_is_not_what_is_measured(loaded: Path) -> None:
    with pytest.raises(RuntimeError, match="does not tie"):
        reconciling.main(str(loaded))

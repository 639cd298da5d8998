"""Under every page: which snapshot, how fresh, how final, and the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.portal import seal

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset import Dataset
    from tests.pages.conftest import Visit


def test_the_seal_names_the_snapshot_and_the_last_day_that_is_in(dataset: Dataset) -> None:
    told = seal.told(dataset.snapshot)
    assert told.startswith(f"Snapshot **{dataset.snapshot.id}** · published ")
    assert told.endswith("charges in to 12 Nov 2026")


def test_the_receipt_has_the_charges_and_the_query_of_every_view(
    visit: Visit, three_months: Path
) -> None:
    at = visit(three_months, "together/overview.py")
    assert not at.code
    at.session_state["receipt-fold"] = True
    at.run()
    queries = "".join(block.value for block in at.code)
    told = "".join(mark.value for mark in at.markdown)
    assert "SELECT" in queries
    assert "**Cost by day**: 93 charges" in told

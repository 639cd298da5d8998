from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.invoicing.charged import billed
from finops.invoicing.charged import billed_in
from finops.invoicing.charged import incurred_in
from finops.invoicing.charged import until
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import days
from tests.invoicing.bill import part
from tests.invoicing.bill import purchase

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_charges_are_told_apart_by_what_bills_them_and_when_they_were_incurred(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(
        opened,
        tmp_path / "bill.csv",
        [
            costing("1"),
            costing("2"),
            costing("4", InvoiceId="I-2"),
            costing("8", **days("2026-04", "2026-03")),
        ],
    )
    dataset = opened.dataset()
    here = billed_in(dataset, "2026-04")
    assert sorted((one.invoice_id, one.charged, one.billed, one.charges) for one in here) == [
        ("I-1", "2026-03", Decimal(8), 1),
        ("I-1", "2026-04", Decimal(3), 2),
        ("I-2", "2026-04", Decimal(4), 1),
    ]
    assert billed(here, lambda one: one.late) == 8
    assert billed(incurred_in(dataset, "2026-03-01", "2026-04-01")) == 8


def test_only_charges_of_commitments_up_to_the_month_make_their_ledgers(
    opened: Workspace, tmp_path: Path
) -> None:
    later = purchase("5", month="2026-05")
    bring(opened, tmp_path / "bill.csv", [costing("1"), purchase("3"), later])
    assert [one.billed for one in until(opened.dataset(), "2026-04")] == [3]
    assert billed(until(opened.dataset(), "2026-05")) == 8


def test_late_usage_is_no_correction_and_a_covering_purchase_costs_nothing_yet() -> None:
    assert part("1", charged="2026-03").late
    assert not part("1", charged="2026-03", correction=True).late
    assert part("1", "0", category="Purchase").covering
    assert not part("1", category="Purchase").covering

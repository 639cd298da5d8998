"""Every charge that an invoice asks for is booked with it, by cost center, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops import invoicing
from finops.core.amount import total
from finops.invoicing.booked import booked
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import days
from tests.invoicing.bill import invoice
from tests.invoicing.bill import report
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_charges_go_with_their_invoice_and_others_wait(opened: Workspace, tmp_path: Path) -> None:
    center = {"Tags": '{"cost-center": "CC-1"}'}
    charges = [
        costing("100", **days(), InvoiceId="I-1", **center),
        costing("20", **days(), InvoiceId="I-1"),
        costing("3", **days(), InvoiceId="I-2"),
    ]
    bring(opened, tmp_path / "april.csv", charges)
    tell(opened, invoice("I-1", "120"))
    dataset = opened.dataset()
    books = invoicing.books_of(opened, dataset.snapshot)
    (found,) = booked(dataset, books, report(opened))
    assert total(part.billed for part in found.parts) == 120
    assert {part.cost_center for part in found.parts} == {"CC-1", "UNALLOCATED"}

"""The views of a reconciliation, as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGE = "inform/reconciliation.py"


def test_the_charges_of_a_named_difference_can_be_chosen(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, PAGE)
    behind = next(box for box in at.selectbox if box.label == "Charges behind")
    assert behind.options == ["All charges of this invoice", "charge without invoice: its charges"]
    behind.select_index(1).run()
    assert not at.exception
    assert any("Charges" in frame.value for frame in at.dataframe)


def test_an_invoice_that_is_not_known_is_not_told_as_zero(visit: Visit, three_months: Path) -> None:
    told = "".join(mark.value for mark in visit(three_months, PAGE).markdown)
    assert "invoiced nothing that is known, billed 943.43" in told

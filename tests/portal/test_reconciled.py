"""The views of a reconciliation, as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace
from tests.allocation.test_splits import parts
from tests.allocation.test_splits import whole
from tests.invoicing.bill import bring
from tests.pages import bills

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


def test_charges_that_came_whole_and_in_parts_are_told_as_quality(
    visit: Visit, tmp_path: Path
) -> None:
    own = bills.nothing(tmp_path)
    workspace = open_workspace(own)
    bring(workspace, tmp_path / "bill.csv", [*parts("3", "7"), whole("10")])
    workspace.close()
    told = [mark.value for mark in visit(own, "operate/data.py").markdown]
    assert any("1 resource is in the data both whole and in parts" in text for text in told)

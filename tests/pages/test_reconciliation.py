"""The reconciliation, as finance walks it: the first line, the invoice, its charges."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

PAGE = "inform/reconciliation.py"


def said(at: AppTest) -> str:
    """All that is written, with plain spaces."""
    return "\n".join(mark.value for mark in at.markdown).replace("\u00a0", " ")


def frame(at: AppTest, column: str) -> dict[str, list[object]]:
    """The first table that has a column."""
    found = next(one.value for one in at.dataframe if column in one.value)
    return {str(name): list(found[name]) for name in found}


def test_a_month_that_ties_says_so(visit: Visit, tied: Path) -> None:
    at = visit(tied, PAGE)
    assert at.markdown[0].value.startswith("## **October 2026 ties:** 1 of 1 invoice tied; nothing")
    assert "October 2026: reconciled, it ties" in said(at)
    assert frame(at, "Invoiced")["Status"] == ["≈ Matched within rounding"]
    assert frame(at, "Evidence")["Difference"] == ["rounding"]


def test_what_is_unexplained_is_said_first_and_in_red(visit: Visit, untied: Path) -> None:
    at = visit(untied, PAGE)
    assert (
        at.markdown[0]
        .value.replace("\u00a0", " ")
        .startswith("## **October 2026 does not tie: 12.50 USD unexplained.** 0 of 1 invoice tied")
    )
    assert ":red[**✕ +12.50 USD is UNEXPLAINED.**]" in said(at)
    assert "October 2026: does not tie, 12.50 USD unexplained" in said(at)
    assert frame(at, "Unexplained")["Status"] == ["✕ UNEXPLAINED"]


def test_the_charges_behind_an_invoice_add_up_to_what_it_was_billed(
    visit: Visit, untied: Path
) -> None:
    at = visit(untied, PAGE)
    by_service = frame(at, "Charges")
    assert f"{sum(map(float, by_service['Billed (USD)'])):.2f}" == "943.43"  # type: ignore[arg-type]
    at.segmented_control(key="behind-how").set_value("Line by line").run()
    assert len(frame(at, "Resource")["Day"]) == 93


def test_a_month_without_an_invoice_says_which_file_unlocks_it(
    visit: Visit, three_months: Path
) -> None:
    at = visit(three_months, PAGE)
    assert "has no invoice yet, so nothing can tie.** One file unlocks it" in at.markdown[0].value
    labels = [button.proto.label for button in at.get("download_button")]
    assert labels == ["Download the template of invoice headers"] * 2
    assert frame(at, "Invoiced")["Invoiced"] == ["n/a"]


def test_an_empty_workspace_can_take_invoices_before_its_first_bill(
    visit: Visit, nothing: Path
) -> None:
    at = visit(nothing, PAGE)
    assert [head.value for head in at.subheader] == ["Bring in invoices"]


def test_a_team_in_the_scope_does_not_narrow_an_invoice(visit: Visit, tied: Path) -> None:
    at = visit(tied, PAGE, team="ml")
    assert "October 2026 ties" in at.markdown[0].value
    assert any("reconciled whole" in caption.value for caption in at.caption)


def test_every_walk_can_be_read_as_a_table_that_adds_up(visit: Visit, untied: Path) -> None:
    at = visit(untied, PAGE)
    for switch in at.toggle:
        switch.set_value(True)
    at.run()
    walks = [list(one.value["Step"]) for one in at.dataframe if "Step" in one.value]
    assert walks == [
        ["Invoiced", "UNEXPLAINED", "Billed in the charges"],
        ["Billed", "Effective"],
        ["List", "Effective"],
    ]


def test_a_difference_is_explained_on_the_record(
    visit: Visit, untied: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(untied, tmp_path / "own")
    at = visit(own, PAGE)
    assert [box.value for box in at.text_input if "Amount" in box.label] == ["12.50"]
    reason = next(box for box in at.selectbox if box.label == "Reason")
    reason.set_value("support")
    at.text_area[0].set_value("Ticket 7")
    next(button for button in at.button if button.label == "Explain").click().run()
    assert not at.exception
    assert "explained as support" in at.success[0].value
    assert "October 2026 ties" in at.markdown[0].value
    assert "Ticket 7 (local, " in frame(at, "Said")["Said"][0]  # type: ignore[operator]


def test_an_explanation_without_evidence_is_refused(
    visit: Visit, untied: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(untied, tmp_path / "own")
    at = visit(own, PAGE)
    next(button for button in at.button if button.label == "Explain").click().run()
    assert "needs a reason and its evidence" in at.error[0].value


def test_an_invoice_can_be_typed_in(visit: Visit, three_months: Path, tmp_path: Path) -> None:
    own = shutil.copytree(three_months, tmp_path / "own")
    at = visit(own, PAGE)
    typed = ("Example Cloud", "INV-1", "", "2026-10-01", "USD", "900.00", "43.43", "943.43")
    fields = [box for box in at.text_input if "invoice-typed" in (box.key or "")]
    for field, value in zip(fields, typed, strict=True):
        field.set_value(value)
    next(button for button in at.button if button.label == "Add the invoice").click().run()
    assert not at.error
    assert "1 invoice is in" in at.success[0].value
    workspace = open_workspace(own)
    assert len(workspace.snapshots()) == 4
    workspace.close()


def test_a_file_of_invoices_is_uploaded_once(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(three_months, tmp_path / "own")
    at = visit(own, PAGE)
    head = "InvoiceIssuerName,InvoiceId,BillingPeriodStart,Currency,NetAmount,TaxAmount"
    row = "Example Cloud,INV-1,2026-10-01,USD,943.43,0,943.43"
    content = f"{head},PayableAmount\n{row}\n".encode()
    at.file_uploader[0].upload("october.csv", content, "text/csv").run()
    next(button for button in at.button if button.label == "Add invoices").click().run()
    assert "october.csv: 1 invoice is in" in at.success[0].value.replace("\\", "")
    assert "October 2026 ties" in at.markdown[0].value

"""What rates did to foreign invoices: FX-1 in words, and what is not known as not known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.ingestion import invoices
from finops.invoicing.exchange_gain import gain
from finops.portal import gained
from tests.invoicing.test_exchange_gain import asking
from tests.invoicing.test_exchange_gain import AVERAGE
from tests.invoicing.test_exchange_gain import ISSUED
from tests.invoicing.test_exchange_gain import PAID
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

FX_1 = gain(asking(), "EUR", (AVERAGE, ISSUED, PAID))
UNPAID = gain(asking(), "EUR", (AVERAGE, ISSUED))


def test_the_answer_stands_first_with_its_condition() -> None:
    told = gained.sentence((FX_1,)).replace("\u00a0", " ")
    assert told == (
        "**Rates of exchange gained 1,000.00 EUR on 1 foreign invoice**, "
        "if settled on their due dates."
    )
    lost = replace(FX_1, net=Decimal(-2000))
    assert "lost 1,000.00" in gained.sentence((FX_1, lost))


def test_what_is_not_known_says_what_to_bring() -> None:
    told = gained.sentence((UNPAID,))
    assert told.startswith(
        "**What rates of exchange did to 1 foreign invoice is not known.** Bring"
    )
    assert "on 1 of 2 foreign invoices" in gained.sentence((FX_1, UNPAID))
    table = gained.table((FX_1, UNPAID))
    assert table.columns["Net gain"] == ["+1,000.00\u00a0EUR", "not known"]
    assert table.columns["At invoice"][1] == "\u22121,000.00\u00a0EUR"
    assert "2026-06-02" in str(table.columns["To bring"][1])


def test_it_stands_on_the_page_only_where_an_invoice_is_foreign(
    visit: Visit, tied: Path, tmp_path: Path
) -> None:
    titles = [one.value for one in visit(tied, "inform/reconciliation.py").markdown]
    assert not any("FX gain" in one for one in titles)
    made = bills.abroad(tmp_path)
    workspace = open_workspace(made)
    row = {
        "InvoiceIssuerName": "Euro Cloud", "InvoiceId": "E-1", "BillingPeriodStart": "2026-10-01",
        "Currency": "EUR", "NetAmount": "62", "TaxAmount": "0", "PayableAmount": "62",
        "InvoiceIssueDate": "2026-10-31", "PaymentDueDate": "2026-11-30",
    }  # fmt: skip
    file = bills.write(tmp_path / "invoices.csv", [row])
    invoices.bring(workspace, file, actor=local_actor(), at=clock.now())
    workspace.close()
    at = visit(made, "inform/reconciliation.py")
    assert not at.exception
    assert any("1 foreign invoice is not known" in one.value for one in at.markdown)
    shown = next(frame.value for frame in at.dataframe if "At settlement" in frame.value)
    assert list(shown["At invoice"]) == ["\u22123.10\u00a0USD"]

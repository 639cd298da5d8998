"""Reconciliation: invoices = usage = commitments, and a name for every difference."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import closed
from finops.portal import gained
from finops.portal import reconciled
from finops.portal import restated
from finops.portal import scope_bar
from finops.portal import tie_forms
from finops.portal import ties
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Reconciliation",
    icon=":material/balance:",
    persona=Persona.FINANCE,
    question="Does the month tie?",
    needs=Permission.READ_COST,
)


@page.says
def answer(_: Dataset) -> str:
    """Whether the month ties, what is open and what is unexplained."""
    return ties.sentence(ties.report(scope_bar.lens()))


@page.view("Invoices", asks="Which invoice differs from its charges, and why?")
def invoices(_: Dataset) -> None:
    """Every invoice with its status; of the chosen one what differs, and its charges."""
    reconciled.invoices(scope_bar.lens())


@page.view("Close the month", asks="What blocks the close, and what comes next?")
def close(_: Dataset) -> None:
    """The checklist, the next step for whoever may take it, and the certificate."""
    closed.draw(scope_bar.lens())


page.view("Restatements", asks="What came after the close?", when=restated.found)(restated.late)
page.view("FX gain and loss", asks="What did FX gain?", when=gained.any_foreign)(gained.fx)


@page.view("Differences by name", asks="What lies between invoiced and billed?", half=True)
def differences(_: Dataset) -> None:
    """From invoiced to billed, a step for each name."""
    reconciled.walk(ties.by_name, "Differences by name", scope_bar.lens())


@page.view("From billed to effective", asks="Why did it cost other than billed?", half=True)
def bridge(_: Dataset) -> None:
    """The bridge from what was billed to what was consumed."""
    reconciled.walk(ties.bridge, "From billed to effective", scope_bar.lens())


@page.view("From list to effective", asks="What did discounts and commitments save?")
def prices(_: Dataset) -> None:
    """From list prices through negotiated ones to what was consumed."""
    reconciled.walk(ties.prices, "From list to effective", scope_bar.lens())


@page.view("Commitments", asks="What was prepaid, what was used of it, what is left?")
def commitments(_: Dataset) -> None:
    """The prepaid balance rolled forward, and the ledger of every commitment."""
    reconciled.commitments(scope_bar.lens())


@page.view("Bring in invoices", asks="How does an invoice get in?", data=False)
def bring_in(_: Dataset | None) -> None:
    """Upload invoices, or type one in."""
    tie_forms.bring()


if __name__ == "__main__":
    page.run()

"""Finance: can I book and defend this number?"""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import booking
from finops.portal import mine
from finops.portal import reconciled
from finops.portal import scope_bar
from finops.portal import statement_views
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Finance",
    icon=":material/account_balance:",
    persona=Persona.FINANCE,
    question="Can I book and defend this number?",
    needs=Permission.READ_COST,
)


@page.says
def answer(_: Dataset) -> str:
    """Whether the month is reconciled, booked and accrued."""
    return booking.sentence(scope_bar.lens())


@page.view("Invoices and usage", asks="Does every invoice equal its charges?")
def invoices(_: Dataset) -> None:
    """Each invoice beside its charges, with its status."""
    booking.invoices(scope_bar.lens())


@page.view("Cost centers", asks="What does each cost center bear, on which account?")
def pivot(_: Dataset) -> None:
    """Cost center and ledger account by fiscal period."""
    booking.pivot(scope_bar.lens())


@page.view("Agreed with owners", asks="Who has agreed to its cost, and may be charged back?")
def standings(_: Dataset) -> None:
    """Every team and cost center with its word, and what a chargeback lacks."""
    statement_views.standings(scope_bar.lens())


@page.view("Prepaid", asks="What is held in commitments, used, unused and expiring?")
def commitments(_: Dataset) -> None:
    """The prepaid balance rolled forward, and the ledger of every commitment."""
    reconciled.commitments(scope_bar.lens())


@page.view("Journal", asks="What is booked, in debits and credits?")
def journal(_: Dataset) -> None:
    """The journal line by line, and its files."""
    booking.preview(scope_bar.lens())


page.part(mine.TITLE, asks=mine.ASKS, when=mine.waits)(mine.mine)

if __name__ == "__main__":
    page.run()

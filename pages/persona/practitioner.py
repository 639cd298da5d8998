"""FinOps practitioner: is the practice healthy, and is the meeting ready?"""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import allocation_views
from finops.portal import booking
from finops.portal import desk
from finops.portal import health
from finops.portal import import_tables
from finops.portal import mine
from finops.portal import practice
from finops.portal import reconciled
from finops.portal import scope_bar
from finops.portal import statement_views
from finops.portal import tables
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="FinOps practitioner",
    icon=":material/monitor_heart:",
    persona=Persona.PRACTITIONER,
    question="Is the practice healthy, and is the meeting ready?",
    needs=Permission.READ_COST,
)


@page.says
def answer(_: Dataset) -> str:
    """How much has an owner, who has agreed, what ties, and whether the review is ready."""
    return practice.sentence(scope_bar.lens())


@page.view("Coverage", asks="How much has an owner, by cost and by count?")
def coverage(_: Dataset) -> None:
    """Coverage of every required key, what cannot be tagged, and what to fix first."""
    allocation_views.readiness(scope_bar.lens())


@page.view("Agreed with owners", asks="Who has agreed to its cost, and may be charged back?")
def standings(_: Dataset) -> None:
    """Every team and cost center with its word, and what a chargeback lacks."""
    statement_views.standings(scope_bar.lens())


@page.view("Data", asks="Is the data complete and fresh?")
def data(dataset: Dataset) -> None:
    """How far each issuer's charges reach, and the days without any."""
    when = {report.import_id: report.at for report in desk.imports()}
    tables.draw(import_tables.freshness(health.freshness(dataset), when, desk.today()))


@page.view("Open invoices", asks="Which invoice does not tie yet?")
def invoices(_: Dataset) -> None:
    """Each invoice beside its charges, the unexplained first."""
    booking.invoices(scope_bar.lens())


@page.view("Commitments in use", asks="What was used of what we committed to?")
def commitments(_: Dataset) -> None:
    """The prepaid balance rolled forward, and the utilization of every commitment."""
    reconciled.commitments(scope_bar.lens())


page.part(mine.TITLE, asks=mine.ASKS, when=mine.waits)(mine.mine)

if __name__ == "__main__":
    page.run()

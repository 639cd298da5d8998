"""Allocation & showback: whose the cost is, and that nothing is lost on the way there."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import allocated
from finops.portal import allocation_views
from finops.portal import cluster_views
from finops.portal import scope_bar
from finops.portal import statement_views
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Allocation & showback",
    icon=":material/account_tree:",
    persona=Persona.EVERYONE,
    question="Whose is the cost, and does everybody see the same number?",
    needs=Permission.READ_COST,
)


@page.says
def answer(_: Dataset) -> str:
    """How much has an owner, what is shared, and whether both trees agree."""
    return allocated.sentence(scope_bar.lens())


@page.says_of_a_part
def seen(dataset: Dataset) -> str:
    """The same of a part of the cost: how much it is, and whether both trees agree."""
    return allocated.sentence_of_part(scope_bar.lens()) if dataset.limited else ""


@page.view("By team", asks="What does each team bear, direct and shared?")
def by_team(_: Dataset) -> None:
    """Every team's direct and shared cost, and what nobody owns."""
    allocation_views.by_team(scope_bar.lens())


@page.view("Statement", asks="What does one team or cost center bear, and does it agree?")
def statement(_: Dataset) -> None:
    """One owner's lines beside the month before, and the owner's word on them."""
    statement_views.statement(scope_bar.lens())


@page.view("Shared costs", asks="What is shared, by which method, and what would another do?")
def shared(_: Dataset) -> None:
    """Each pool, and of the chosen one every method beside the one in use."""
    allocation_views.pools(scope_bar.lens())


@page.view("Clusters", asks="What did each namespace of a shared cluster cost, and what was idle?")
def clusters(_: Dataset) -> None:
    """Each cluster's namespaces and idle part, which add up to what it cost."""
    cluster_views.clusters(scope_bar.lens())


@page.part("Finance's tree", asks="How is the month booked?", half=True)
def finance(_: Dataset) -> None:
    """Cost centers and accounts, down to the resource."""
    allocation_views.finance(scope_bar.lens())


@page.part("Engineering's tree", asks="Who runs what?", half=True)
def engineering(_: Dataset) -> None:
    """Teams, services and accounts, down to the resource."""
    allocation_views.engineering(scope_bar.lens())


@page.view("Readiness", asks="Which keys are missing, and what is worth fixing first?")
def readiness(_: Dataset) -> None:
    """Coverage by cost and by count, what cannot be tagged, the trend and what to fix."""
    allocation_views.readiness(scope_bar.lens())


if __name__ == "__main__":
    page.run()

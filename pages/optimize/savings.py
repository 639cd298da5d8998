"""Savings & credit: what was saved on closed months, whose it is, and what became of it."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import saved
from finops.portal import saved_views
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Savings & credit",
    icon=":material/savings:",
    persona=Persona.FINANCE,
    question="What did we really save, and who is credited with it?",
    needs=Permission.READ_COST,
)


@page.says
def answer(_: Dataset) -> str:
    """What is verified, what still holds, and what waits."""
    return saved.sentence()


@page.view("From identified to verified", asks="How far have savings come?", half=True)
def funnel(dataset: Dataset) -> None:
    """The funnel."""
    saved_views.funnel(dataset)


@page.view("What it returns", asks="Is the practice worth what it costs?", half=True)
def worth(dataset: Dataset) -> None:
    """The return, and what was verified by month."""
    saved_views.worth(dataset)


@page.view("Savings", asks="What was agreed, made and signed, and what comes next?")
def things(dataset: Dataset) -> None:
    """The ledger, and one saving with its next step."""
    saved_views.things(dataset)


@page.view("Credit by team", asks="Which team saved most of its own spend?")
def teams(dataset: Dataset) -> None:
    """The teams."""
    saved_views.teams(dataset)


@page.view("Fates", asks="What became of the money?")
def fates(dataset: Dataset) -> None:
    """The fates."""
    saved_views.fates(dataset)


@page.view("What came back", asks="Which cost is back that had been saved?")
def regressions(dataset: Dataset) -> None:
    """The regressions."""
    saved_views.regressions(dataset)


if __name__ == "__main__":
    page.run()

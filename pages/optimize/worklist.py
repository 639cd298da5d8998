"""Worklist: which resources to change, at what they really cost, with the commands to copy."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import work_views
from finops.portal import works
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Worklist",
    icon=":material/checklist:",
    persona=Persona.ENGINEERING,
    question="What should be changed, and what is it worth?",
    needs=Permission.READ_COST,
)


@page.says_of_a_part
def answer(dataset: Dataset) -> str:
    """How much there is to do, and what it is worth."""
    return works.sentence(dataset)


@page.part("Worth by kind", asks="What kind of change is worth most?", half=True)
def by_kind(dataset: Dataset) -> None:
    """What each kind is worth now."""
    work_views.by_kind(dataset)


@page.part("Worth by team", asks="Which team can do most?", half=True)
def by_team(dataset: Dataset) -> None:
    """What each team can do now."""
    work_views.by_team(dataset)


@page.part("What to do", asks="Which resource, what does it cost, and with which command?")
def things(dataset: Dataset) -> None:
    """The findings, and one of them with its commands and its next step."""
    work_views.things(dataset)


@page.part("Done, to be verified", asks="What is done, and gone?", when=work_views.any_done)
def done(dataset: Dataset) -> None:
    """What is done, and the word of somebody else that it is gone."""
    work_views.done(dataset)


@page.part("How well optimized", asks="How much of each team's cost is as it should be?", half=True)
def coverage(dataset: Dataset) -> None:
    """The optimization index, whole and by team."""
    work_views.coverage(dataset)


@page.part("What would prove more", asks="At how much cost has nobody looked yet?", half=True)
def unlocks(dataset: Dataset) -> None:
    """The read-only commands whose output would raise the proof."""
    work_views.unlocks(dataset)


if __name__ == "__main__":
    page.run()

"""Engineering: what a team should fix, with which command, and what it gained."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import mine
from finops.portal import team_gain
from finops.portal import team_views
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Engineering",
    icon=":material/engineering:",
    persona=Persona.ENGINEERING,
    question="What should my team fix, and what did we gain?",
    needs=Permission.READ_COST,
)


@page.says_of_a_part
def answer(dataset: Dataset) -> str:
    """What the own team can take off the bill, and with what first."""
    return team_views.sentence(dataset)


@page.part("What to fix", asks="Which resource, what does it cost, and with which command?")
def todo(dataset: Dataset) -> None:
    """The team's own worklist; the chosen thing with its commands and its next step."""
    team_views.todo(dataset)


@page.part("What changed", asks="Which services, or causes, make the month differ?", half=True)
def changed(dataset: Dataset) -> None:
    """From the month before to this one."""
    team_views.changed(dataset)


@page.part("Down to the resource", asks="Which of our resources moved most?", half=True)
def resources(dataset: Dataset) -> None:
    """The resources of one service, those that moved most first."""
    team_views.resources(dataset)


@page.part("What we gained", asks="Which savings are verified and credited to us?", half=True)
def gained(dataset: Dataset) -> None:
    """The credits of the team, and of its people."""
    team_gain.draw(dataset)


@page.part("Unit cost of our services", asks="What does a unit of what we run cost?", half=True)
def unit_cost(dataset: Dataset) -> None:
    """The unit cost of the team's product, this month and the one before."""
    team_views.unit_cost(dataset)


page.part(mine.TITLE, asks=mine.ASKS, when=mine.waits)(mine.mine)

if __name__ == "__main__":
    page.run()

"""Overview: the month in one minute, for everyone in the room."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import allocation_views
from finops.portal import breakdown
from finops.portal import cards
from finops.portal import causes
from finops.portal import landed
from finops.portal import month
from finops.portal import scope_bar
from finops.portal import ties
from finops.portal import why
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Overview",
    icon=":material/space_dashboard:",
    persona=Persona.EVERYONE,
    question="What did the month cost, and what moved it?",
    needs=Permission.READ_COST,
)


page.says_of_a_part(landed.sentence)


@page.says_of_a_part
def answer(dataset: Dataset) -> str:
    """What the month cost, against the month before, and what moved it most."""
    return month.sentence(dataset, scope_bar.lens())


@page.part("The month in figures", asks="How much, and is it more than usual?")
def figures(dataset: Dataset) -> None:
    """The figures everyone asks for first, each with the thirteen months up to this one."""
    cards.draw(cards.of_month(dataset, scope_bar.lens()))
    ties.point_at(dataset)


@page.part("Cost by day", asks="On which day did the cost move?", half=True)
def by_day(dataset: Dataset) -> None:
    """Each day of the month, and of the month before."""
    breakdown.by_day(dataset)


@page.part("What changed", asks="Which services, or causes, make the month differ?", half=True)
def changed(dataset: Dataset) -> None:
    """From the month before to this one, a step a service, or a step a cause."""
    causes.changed(dataset, "ServiceName", "Service")


@page.part("Cost by team", asks="Who consumes the most, and how much has no owner?", half=True)
def by_team(dataset: Dataset) -> None:
    """Each team's cost, and what nobody owns."""
    breakdown.costliest(dataset, "x_Team", "Team")


@page.part("Cost by service", asks="What is the money spent on?", half=True)
def by_service(dataset: Dataset) -> None:
    """The services that cost most."""
    breakdown.costliest(dataset, "ServiceName", "Service")


@page.part("Cost by provider", asks="Who bills it?", half=True)
def by_provider(dataset: Dataset) -> None:
    """What each provider's services cost."""
    breakdown.costliest(dataset, "ServiceProviderName", "Provider")


page.part("Cost by account", asks="Where does it run?", half=True)(breakdown.by_account)
page.part("One number, two trees", asks="Do both see the same?")(allocation_views.one_number)
page.view("Why is my number different?", asks="What lies between it and ours?")(why.different)

if __name__ == "__main__":
    page.run()

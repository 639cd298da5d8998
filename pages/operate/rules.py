"""Rules: what people told Tieout beside the bills, and what the cost is therefore told by."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import input_views
from finops.portal import inputs
from finops.portal import rule_views
from finops.portal import scope_bar
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Rules",
    icon=":material/rule:",
    persona=Persona.PRACTITIONER,
    question="By which rules, rates, units and budgets is the cost told?",
    needs=Permission.READ_COST,
)


@page.says
def answer(dataset: Dataset) -> str:
    """How many rules hold; for how much of the business units, budgets and events are in."""
    told = inputs.sentence(dataset, scope_bar.lens())
    return f"{rule_views.sentence(dataset)}. {told}"


@page.view("Mapping rules", asks="Which rule decides whose a charge is, and how much did each?")
def mapping(dataset: Dataset) -> None:
    """The rules in their order, with what each decided, and those that do nothing."""
    rule_views.mapping(dataset)


@page.view("Unowned", asks="Which cost has no owner, who looks after it, and what would help?")
def unowned(dataset: Dataset) -> None:
    """What nobody owns, largest first, each with a rule that would catch it."""
    rule_views.unowned(dataset)


@page.view("Change the rules", asks="What would another rule move, and from whom to whom?")
def change(dataset: Dataset) -> None:
    """A draft of the rules, what it would move, and its publishing."""
    rule_views.change(dataset)


@page.view("Rates", asks="Which rates of exchange are known, and up to when?", data=False)
def rates(dataset: Dataset | None) -> None:
    """Each pair of currencies with its kinds of rates; bring more."""
    input_views.rates(dataset)


@page.view("Business metrics", asks="What was sold, earned and used, and is it whole?", data=False)
def metrics(dataset: Dataset | None) -> None:
    """Each metric by month, how far it reaches and what is missing; bring more."""
    input_views.metrics(dataset)


@page.view("Budgets", asks="What may each scope cost in which fiscal year?", data=False)
def budgets(dataset: Dataset | None) -> None:
    """The budgets that hold; bring more."""
    input_views.budgets(dataset)


@page.view("Events", asks="What happened that may have moved a cost?", data=False)
def events(dataset: Dataset | None) -> None:
    """What happened, the latest first; bring more."""
    input_views.events(dataset)


if __name__ == "__main__":
    page.run()

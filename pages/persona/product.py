"""Product: what a unit costs, why, and what would change it."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import contracts as agreed
from finops.portal import mine
from finops.portal import scenario_forms
from finops.portal import scenario_views
from finops.portal import scope_bar
from finops.portal import unit_change
from finops.portal import unit_views
from finops.portal import units
from finops.portal import what_if
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Product",
    icon=":material/tune:",
    persona=Persona.PRODUCT,
    question="What does a unit cost, why, and what if?",
    needs=Permission.READ_COST,
)


@page.says_of_a_part
def answer(dataset: Dataset) -> str:
    """What one unit cost, against the month before and why, and who is served at a loss."""
    return unit_change.sentence(dataset, scope_bar.lens())


@page.part("A unit in figures", asks="What does a unit cost, and what does it leave?")
def figures(dataset: Dataset) -> None:
    """Average, marginal, margin and cost."""
    unit_views.head(dataset)


@page.part(
    "Why it changed", asks="Was it demand, efficiency, mix or rates?", half=True, when=units.counted
)
def changed(dataset: Dataset) -> None:
    """From the month before to this one."""
    unit_views.changed(dataset)


@page.part(
    "Cost to serve", asks="Which segments earn what they cost?", half=True, when=units.counted
)
def segments(dataset: Dataset) -> None:
    """The segments by margin."""
    unit_views.by_segment(dataset)


@page.view("What if", asks="What would demand, efficiency or prices change?", when=units.counted)
def levers(dataset: Dataset) -> None:
    """Sliders, and what they make of the month, live."""
    what_if.draw(dataset)


page.view("Keep it", asks="Is it worth a name?", when=units.counted)(scenario_forms.draw)


@page.view("Unit-cost contracts", asks="Was the agreed target kept?", when=units.counted)
def contracts(dataset: Dataset) -> None:
    """Targets that product and engineering agreed on, and how each month did."""
    agreed.draw(dataset)


@page.view("Saved scenarios", asks="What was tried, and does it hold?", when=units.counted)
def saved(dataset: Dataset) -> None:
    """The scenarios side by side, the stale ones named; one can be raised to the meeting."""
    scenario_views.draw(dataset)


page.part(mine.TITLE, asks=mine.ASKS, when=mine.waits)(mine.mine)

if __name__ == "__main__":
    page.run()

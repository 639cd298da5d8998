"""Unit economics: what a unit of each product costs and earns, with every figure defined."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import scope_bar
from finops.portal import unit_change
from finops.portal import unit_views
from finops.portal import units
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Unit economics",
    icon=":material/price_check:",
    persona=Persona.PRODUCT,
    question="What does a unit of each product cost, and what does it earn?",
    needs=Permission.READ_COST,
)


@page.says_of_a_part
def answer(dataset: Dataset) -> str:
    """What one unit cost, against the month before and why, and who is served at a loss."""
    return unit_change.sentence(dataset, scope_bar.lens())


@page.part("Unit cost by month", asks="Does a unit cost more or less than it did?", half=True)
def by_month(dataset: Dataset) -> None:
    """Average and marginal unit cost over the year."""
    unit_views.by_month(dataset)


@page.part(
    "Why it changed", asks="Was it demand, efficiency, mix or rates?", half=True, when=units.counted
)
def changed(dataset: Dataset) -> None:
    """From the month before to this one."""
    unit_views.changed(dataset)


@page.part("Every segment by margin", asks="Who is served below zero?", when=units.counted)
def segments(dataset: Dataset) -> None:
    """The segments of every product, the worst first."""
    unit_views.every_segment(dataset)


@page.part("Every product", asks="What does a unit of each product cost?", when=units.counted)
def products(dataset: Dataset) -> None:
    """Every product side by side."""
    unit_views.products(dataset)


@page.part("Every figure", asks="What is each figure, and what does it mean?", when=units.counted)
def figures(dataset: Dataset) -> None:
    """Every figure of the month beside its definition."""
    unit_views.defined(dataset)


@page.part("Outcomes", asks="What was achieved for that cost?", when=units.counted)
def outcomes(dataset: Dataset) -> None:
    """Outcome metrics beside the unit cost."""
    unit_views.outcomes(dataset)


if __name__ == "__main__":
    page.run()

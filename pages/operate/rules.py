"""Rules: what people told Tieout beside the bills, and what the cost is therefore told by."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import input_tables
from finops.portal import inputs
from finops.portal import tables
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
    """What is there, and what is missing of it."""
    return inputs.sentence(inputs.rates(dataset.snapshot))


@page.view("Rates", asks="Which rates of exchange are known, and up to when?", data=False)
def rates(dataset: Dataset | None) -> None:
    """Each pair of currencies with its kinds of rates."""
    found = inputs.rates(dataset.snapshot if dataset else None)
    tables.draw_or_say(input_tables.rates(found), inputs.NO_RATE)


if __name__ == "__main__":
    page.run()

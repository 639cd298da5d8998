"""The demo's plans: budgets that add up over their year, and events on days of the story."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from finops.demo.company import load_company
from finops.demo.plans import budgets
from finops.demo.plans import budgets_csv
from finops.demo.plans import events
from finops.demo.plans import events_csv
from finops.demo.plans import phased
from finops.demo.seasons import story

MONTHS = story(date(2026, 11, 21))
COMPANY = load_company()
TOLD = COMPANY.business
PLANNED = budgets(TOLD, COMPANY.organization, MONTHS)


@given(st.integers(10_000, 10**9), st.sampled_from([4, 12]))
def test_a_year_is_phased_without_losing_anything(amount: int, parts: int) -> None:
    told = phased(amount, parts)
    assert (sum(told), len(told)) == (amount, parts)


def test_a_budget_of_the_year_is_what_the_definition_says() -> None:
    for team, amount in TOLD["budgets"]["this"].items():
        mine = [one for one in PLANNED if one.scope == f"x_Team={team}"]
        assert sum(one.amount for one in mine if one.version == "original") == amount
    assert {one.period[:4] for one in PLANNED} == {"FY26", "FY27"}
    assert len(budgets_csv(PLANNED).splitlines()) == 1 + len(PLANNED)


def test_every_event_is_of_a_team_and_on_a_day_of_the_story() -> None:
    told = events(TOLD, MONTHS)
    assert len(told) == len(events_csv(TOLD, MONTHS).splitlines()) - 1
    assert 15 <= len(told) <= 30
    assert {one["team"] for one in told} <= set(COMPANY.teams)
    assert all(MONTHS[0].period.start <= date.fromisoformat(one["date"]) for one in told)


UNANNOUNCED = {name for one in COMPANY.savings["claims"] for name in one["workloads"]} | {
    *(one.id for one in COMPANY.workloads if one.starts == 21),
    "catalog-new-feed",
}
"""What waste (waste.yaml) and savings (savings.yaml) are planted on."""


def test_an_event_of_a_workload_is_of_the_month_in_which_it_begins_or_ends() -> None:
    """Nobody announces what later turns out to be waste, or a saving."""
    days = {(one["service"], one["date"][:7]) for one in events(TOLD, MONTHS)}
    for work in (one for one in COMPANY.workloads if one.id not in UNANNOUNCED):
        for index in (work.starts, work.ends):
            if 0 < index < len(MONTHS):
                assert (work.id, str(MONTHS[index].period)) in days

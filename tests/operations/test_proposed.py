"""Proposed: what a scenario says of itself before the meeting."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.operations.agenda import agenda
from finops.operations.entries import log_of
from finops.operations.proposed import figure_of
from finops.operations.proposed import put_forward
from finops.operations.proposed import said
from finops.operations.review import meeting_of
from finops.operations.review import raise_item
from finops.operations.review import Raised
from finops.operations.review import series_of
from finops.unit_economics.compared import compare
from tests.operations.room import by
from tests.operations.room import meeting
from tests.unit_economics.test_scenarios import PLAN

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_it_carries_its_levers_its_assumptions_and_that_it_is_stale() -> None:
    (now,) = compare([PLAN], newest_month=PLAN.month)
    (old,) = compare([PLAN], newest_month="2099-01")
    assert said(now).startswith("Levers: ")
    assert said(now).endswith(" ".join(PLAN.assumptions))
    assert "Stale" not in said(now)
    assert "Stale: a newer month is in." in said(old)


def test_a_figure_that_is_not_known_is_not_told() -> None:
    (one,) = compare([replace(PLAN, figures=())], newest_month=PLAN.month)
    assert figure_of(one) == "its cost is not known"
    costs = (("actual_cost", "100"), ("scenario_cost", "90"))
    (one,) = compare([replace(PLAN, figures=costs)], newest_month=PLAN.month)
    assert figure_of(one) == f"-10 {PLAN.currency} a month"
    each = (("actual_unit_cost", "0.2"), ("scenario_unit_cost", "0.18"))
    (one,) = compare([replace(PLAN, figures=(*costs, *each))], newest_month=PLAN.month)
    assert (
        figure_of(one)
        == f"-10 {PLAN.currency} a month, 0.18 instead of 0.2 {PLAN.currency} for one"
    )


def test_a_raised_scenario_ranks_by_what_it_moves_a_month(opened: Workspace) -> None:
    key = meeting(opened)
    raise_item(opened.store, **by(), entry=Raised(meeting=key, title="An unpriced question"))
    small = (("actual_cost", "100"), ("scenario_cost", "90"))
    plans = {
        "A small one": compare([replace(PLAN, name="A small one", figures=small)], newest_month=""),
        "Holiday peak": compare([PLAN], newest_month=""),
        "Unknown": compare([replace(PLAN, name="Unknown", figures=())], newest_month=""),
    }
    for (one,) in plans.values():
        put_forward(opened, one, call=by())
    log = log_of(opened)
    held = meeting_of(log, key)
    items = agenda(log, held, series=series_of(log, held), today=held.day).items
    assert [one.title.partition(":")[0] for one in items] == [
        "Scenario Holiday peak", "Scenario A small one", "An unpriced question", "Scenario Unknown",
    ]  # fmt: skip
    assert [(one.amount, one.currency) for one in items[1:3]] == [
        (Decimal(-10), "USD"),
        (Decimal(0), ""),
    ]

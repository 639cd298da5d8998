"""Proposed: what a scenario says of itself before the meeting."""

from __future__ import annotations

from dataclasses import replace

from finops.operations.proposed import figure_of
from finops.operations.proposed import said
from finops.unit_economics.compared import compare
from tests.unit_economics.test_scenarios import PLAN


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

"""Raising is tried through the menu in `tests/pages/test_review.py`; here what a scope is."""

from __future__ import annotations

from finops.core.period import BillingPeriod
from finops.portal.lens import Lens
from finops.portal.raising import scope_of


def test_a_scope_says_the_month_the_cost_and_the_part_of_it() -> None:
    filters = (("x_Team", frozenset({"search", "ml"})),)
    lens = Lens(period=BillingPeriod.parse("2026-10"), filters=filters)
    assert scope_of(lens) == "2026-10; EffectiveCost; x_Team=ml; x_Team=search"
    assert scope_of(lens, "x_Team=ml").endswith("x_Team=search; x_Team=ml")

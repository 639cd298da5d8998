"""Compared: scenarios side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finops.unit_economics.compared import compare
from finops.unit_economics.levers import Levers
from tests.unit_economics.test_scenarios import PLAN


def test_only_what_was_moved_and_what_differs_is_told() -> None:
    one = replace(PLAN, levers=Levers(demand=Decimal("0.2")), assumptions=("A.", "B."))
    two = replace(PLAN, levers=Levers(shared=Decimal(0)), assumptions=("A.", "C."), month="2020-01")
    found = compare([one, two], newest_month=PLAN.month)
    assert [dict(each.levers) for each in found] == [{"demand": Decimal("0.2")}, {"shared": 0}]
    assert [each.own for each in found] == [("B.",), ("C.",)]
    assert [each.stale for each in found] == [False, True]
    assert compare([], newest_month="2026-10") == ()

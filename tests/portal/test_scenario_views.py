"""Scenarios side by side; how the page draws them is in tests/pages/test_product.py."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finops.portal.scenario_views import stale
from finops.portal.scenario_views import table
from finops.unit_economics.compared import compare
from finops.unit_economics.levers import Levers
from tests.unit_economics.test_scenarios import PLAN


def test_a_scenario_is_a_column_and_the_stale_one_says_so() -> None:
    one = replace(PLAN, levers=Levers(efficiency=Decimal("0.1"), service="Compute"))
    two = replace(PLAN, name="Old", month="2026-01", levers=Levers(demand=Decimal("0.2")))
    found = compare([one, two], newest_month=PLAN.month)
    shown = table(found, PLAN.month)
    rows = dict(zip(shown.columns["Figure"], shown.columns["Old"], strict=True))
    assert rows["State"] == f"stale: {PLAN.month} is in"
    assert (rows["Demand"], rows["Efficiency"]) == ("+20.0\u00a0%", "as it is")
    first = dict(zip(shown.columns["Figure"], shown.columns[PLAN.name], strict=True))
    assert first["Efficiency"] == "10.0\u00a0% of Compute"
    assert "Rightsizing" not in rows
    assert stale(found[1], PLAN.month).startswith("**Old is stale**: it is of January 2026")

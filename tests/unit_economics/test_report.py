"""Report: growth over whole months only, and what is not known says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finops.core.period import BillingPeriod
from finops.unit_economics.metrics import Segment
from finops.unit_economics.metrics import UnitCost
from finops.unit_economics.report import growth
from tests.unit_economics.test_ratios import COST
from tests.unit_economics.test_ratios import REVENUE

YEAR = [
    UnitCost(
        product="shop", unit="orders", period=BillingPeriod(2025, 11).plus(n), currency="USD",
        days=30, missing=(), left_out=Decimal(0),
        segments=(Segment("", Decimal(100), revenue, cost),),
    )
    for n, (revenue, cost) in enumerate(zip(REVENUE, COST, strict=True))
]  # fmt: skip


def test_cer_1_is_told_by_its_three_definitions() -> None:
    found = growth(YEAR)
    assert found.cost_to_revenue is not None
    assert found.leverage is not None
    assert round(found.cost_to_revenue, 4) == Decimal("0.1832")
    assert found.efficiency_rate is not None
    assert round(found.efficiency_rate + found.cost_to_revenue, 20) == 1
    assert round(found.leverage, 4) == Decimal("1.2642")
    assert (found.correlation, found.correlation_said) == (None, "not enough months")


def test_a_month_with_a_gap_is_no_growth() -> None:
    gap = [replace(YEAR[0], missing=(date(2025, 11, 3),)), *YEAR[1:]]
    found = growth(gap)
    assert found.leverage is not None
    assert found.leverage != growth(YEAR).leverage


def test_without_revenue_nothing_is_said_of_it() -> None:
    bare = [replace(one, segments=(one.segments[0]._replace(revenue=None),)) for one in YEAR]
    found = growth(bare)
    assert (found.cost_to_revenue, found.leverage, found.leverage_said) == (
        None, None, "not enough months",
    )  # fmt: skip

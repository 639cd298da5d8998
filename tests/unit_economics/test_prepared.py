"""Prepared: the shop's October, as by hand: 31 days at 20, and 0.10 an order."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.unit_economics.levers import Levers
from finops.unit_economics.levers import pull
from finops.unit_economics.model import Method
from finops.unit_economics.prepared import prepare
from tests.unit_economics.shop import orders

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources

UNITS = sum(orders(date(2026, 10, 1) + timedelta(days=n)) for n in range(31))


def test_the_planted_parts_are_found_to_the_cent(october: Prepared) -> None:
    assert october.model.method is Method.DAILY
    assert october.marginal == Decimal("0.1")
    assert october.base.cost == 620 + Decimal(UNITS) / 10
    assert october.base.variable == Decimal(UNITS) / 10
    assert october.base.services == (("Compute", Decimal(UNITS) / 10),)


def test_at_rest_the_levers_say_what_the_month_cost(october: Prepared) -> None:
    found = pull(october.base, Levers())
    assert found.cost == october.now.cost
    assert found.unit_cost == october.now.average


def test_the_trend_has_each_month_that_was_told(october: Prepared) -> None:
    assert [str(one.period) for one in october.trend] == ["2026-08", "2026-09", "2026-10"]


def test_bulk_is_served_at_a_loss(october: Prepared) -> None:
    assert [one.name for one in october.now.ranked() if one.at_a_loss] == ["bulk"]


def test_volumes_never_seen_are_flagged(october: Prepared) -> None:
    assert not october.outside(Decimal(UNITS))
    assert october.outside(Decimal(UNITS) * 2)
    assert october.spread(Decimal(UNITS)) == 0


def test_a_product_without_units_is_refused(of_shop: Sources) -> None:
    with pytest.raises(UsageError, match="No units of shop visits are in"):
        prepare(of_shop, ("shop", "visits"), BillingPeriod(2026, 10))

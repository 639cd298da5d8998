"""Driven: what demand alone changed is left out of what a decision brought."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.operations.decisions import cost
from finops.operations.decisions import Decision
from finops.operations.driven import Demand
from finops.operations.driven import demand
from tests.unit_economics.conftest import of_shop
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from finops.unit_economics.sources import Sources

__all__ = ["of_shop", "sold"]
SEPTEMBER, OCTOBER = BillingPeriod(2026, 9), BillingPeriod(2026, 10)
DECISION = Decision(
    key="D1", meeting="M1", question="Fewer machines?", choice="Fewer machines", owner="amara",
    expected=Decimal(-100), scope="x_Product=shop",
)  # fmt: skip


def frozen(of_shop: Sources, **changed: str) -> Decision:
    """The decision with the cost of September frozen."""
    one = DECISION.model_copy(update=changed)
    return one.model_copy(update={"baseline": cost(of_shop.dataset, one, SEPTEMBER)})


def test_sav_1_tells_avoidance_from_reduction() -> None:
    """9000 in 30 days = 100 a day + 900,000 requests; then 31 days, 1,116,000 requests, 7440."""
    found = Demand("shop requests", Decimal(6000) / 900_000, Decimal(1_116_000 - 930_000))
    adjusted = Decimal(9000) / 30 * 31 + found.amount
    assert round(adjusted) == 10_540
    assert round(adjusted - 7440) == 3100
    assert (round(found.amount), round(Decimal(9300) - 7440)) == (1240, 1860)


def test_a_month_that_only_sold_more_brought_nothing(of_shop: Sources) -> None:
    decision = frozen(of_shop)
    found = demand(of_shop.dataset, of_shop.series, decision, OCTOBER)
    assert found is not None
    assert found.driver == "shop orders"
    assert abs(found.variable - Decimal("0.1")) < Decimal("1e-9")
    assert found.amount > 1
    assert decision.baseline is not None
    later = cost(of_shop.dataset, decision, OCTOBER).amount
    naive = later - decision.baseline.per_day * OCTOBER.days
    assert abs(naive - found.amount) < Decimal("1e-6")


@pytest.mark.parametrize(
    "other",
    [
        {"scope": "ServiceName=Compute"},
        {"scope": "x_Product=shop; ServiceName=Disks"},
        {"measure": "BilledCost"},
    ],
)
def test_what_names_no_product_or_does_not_follow_volume_is_not_adjusted(
    of_shop: Sources, other: dict[str, str]
) -> None:
    assert demand(of_shop.dataset, of_shop.series, frozen(of_shop, **other), OCTOBER) is None


def test_a_month_of_which_nothing_is_counted_is_not_adjusted(of_shop: Sources) -> None:
    assert demand(of_shop.dataset, of_shop.series, frozen(of_shop), BillingPeriod(2026, 11)) is None
    assert demand(of_shop.dataset, (), frozen(of_shop), OCTOBER) is None
    assert demand(of_shop.dataset, of_shop.series, DECISION, OCTOBER) is None

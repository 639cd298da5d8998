"""Value: an investment is no better than what the business counted of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.operations.outcomes import judge
from finops.operations.outcomes import Result
from finops.operations.value import Units
from finops.operations.value import units
from tests.operations.room import decision

APRIL, MAY = BillingPeriod(2026, 4), BillingPeriod(2026, 5)
UNITS = Units({"checkout orders": {APRIL: Decimal(300), MAY: Decimal(372)}})


def test_a_metric_moved_by_what_its_days_do_not_explain() -> None:
    assert UNITS.moved("checkout orders", APRIL, MAY) == Decimal(62)
    assert UNITS.moved("checkout orders", APRIL, MAY.plus(1)) is None
    with pytest.raises(UsageError, match="Nobody counts 'x'"):
        UNITS.require("x")


@pytest.mark.parametrize(
    ("brought", "result"),
    [("60", Result.HIT), ("30", Result.PARTIAL), ("5", Result.MISS), (None, Result.MISS)],
)
def test_an_investment_is_judged_by_its_cost_and_by_its_value(
    brought: str | None, result: Result
) -> None:
    invest = decision(
        purpose="invest", expected=Decimal(100), value="checkout orders", value_expected=Decimal(60)
    )
    value = Decimal(brought) if brought else None
    assert judge(invest, Decimal(100), value) is result
    assert judge(invest, Decimal(200), value) is Result.MISS


def metric(amount: str, **other: object) -> Metric:
    usual: dict[str, object] = {"product": "checkout", "segment": "shops", "unit": "orders",
                                "kind": Kind.UNITS, "day": MAY.start}  # fmt: skip
    return Metric(amount=Decimal(amount), **usual | other)  # type: ignore[arg-type]


def counted(*metrics: Metric) -> dict[str, dict[BillingPeriod, Decimal]]:
    return units(series(metrics)).counted


def test_what_is_counted_is_never_added_to_what_it_is_sold_at_or_earns() -> None:
    """300 orders at 5 USD that earn 1500 USD and 40 EUR are 300 orders; segments add up."""
    found = counted(
        metric("200"),
        metric("100", segment="people"),
        metric("5", kind=Kind.PRICE, currency="USD", grain=Grain.MONTH),
        metric("1500", kind=Kind.REVENUE, currency="USD"),
        metric("40", kind=Kind.REVENUE, currency="EUR"),
        metric("300", kind=Kind.USAGE),
    )
    assert found == {
        "checkout orders": {MAY: 300},
        "checkout orders (revenue, USD)": {MAY: 1500},
        "checkout orders (revenue, EUR)": {MAY: 40},
        "checkout orders (price, shops)": {MAY: 5},
        "checkout orders (usage)": {MAY: 300},
    }


def test_an_outcome_is_told_by_segment_and_not_by_how_many_days_a_month_has() -> None:
    outcome = {"unit": "availability", "kind": Kind.OUTCOME, "grain": Grain.MONTH}
    told = [
        metric(amount, day=month.start, segment=segment, **outcome)
        for month, segment, amount in (
            (APRIL, "", "99.5"), (MAY, "", "99.9"), (MAY, "people", "98")
        )
    ]  # fmt: skip
    found = units(series(told))
    assert found.of("checkout availability", MAY) == Decimal("99.9")
    assert found.of("checkout availability (people)", MAY) == 98
    assert found.moved("checkout availability", APRIL, MAY) == Decimal("0.4")


def test_a_figure_of_a_month_stands_for_its_days_and_is_not_added_to_them() -> None:
    days = (metric("10"), metric("20", day=MAY.start.replace(day=2)))
    assert counted(*days, metric("300", grain=Grain.MONTH)) == {"checkout orders": {MAY: 300}}

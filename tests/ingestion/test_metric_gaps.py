"""Metric gaps: a day without a figure is named, and is never 0."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric

FIRST = date(2026, 1, 1)


def metric(day: date, amount: int = 1, *, grain: Grain = Grain.DAY, product: str = "p") -> Metric:
    return Metric(
        day=day,
        product=product,
        segment="",
        unit="u",
        amount=Decimal(amount),
        kind=Kind.UNITS,
        grain=grain,
    )


def test_what_is_missing_between_and_after_is_told_apart() -> None:
    days = [FIRST + timedelta(days=place) for place in (0, 1, 3)]
    (found,) = series([metric(day) for day in reversed(days)], until=date(2026, 1, 7))
    assert [day.day for day in found.missing] == [3, 5, 6]
    assert (found.first, found.last, found.late) == (days[0], days[-1], 2)


def test_a_month_is_due_once_it_has_ended() -> None:
    months = [metric(date(2026, month, 1), grain=Grain.MONTH) for month in (1, 3)]
    (found,) = series(months, until=date(2026, 5, 20))
    assert found.missing == (date(2026, 2, 1), date(2026, 4, 1))
    (found,) = series(months)
    assert found.missing == (date(2026, 2, 1),)


def test_each_product_is_a_series_and_a_counted_zero_is_no_gap() -> None:
    one, other = series([metric(FIRST, 0), metric(FIRST, product="q")])
    assert (one.product, one.missing, other.product) == ("p", (), "q")
    assert series([]) == ()


@given(st.sets(st.integers(0, 400), min_size=1), st.integers(0, 450))
def test_days_are_either_told_or_missing_and_months_lose_nothing(
    places: set[int], until: int
) -> None:
    metrics = [metric(FIRST + timedelta(days=place), place) for place in places]
    (found,) = series(metrics, until=FIRST + timedelta(days=until))
    told = {day for day, _ in found.figures}
    end = max(found.last + timedelta(days=1), FIRST + timedelta(days=until))
    assert not told & set(found.missing)
    assert len(told) + len(found.missing) == (end - found.first).days
    assert total(amount for _, amount in found.by_month()) == sum(places)
    assert {BillingPeriod.of(day) for day in told} == {month for month, _ in found.by_month()}


def test_a_price_does_not_add_up_over_a_month() -> None:
    prices = [
        replace(metric(FIRST + timedelta(days=place), 7 + place), kind=Kind.PRICE)
        for place in (1, 0)
    ]
    (found,) = series(prices)
    assert found.by_month() == ((BillingPeriod(2026, 1), Decimal(8)),)

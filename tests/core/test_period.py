from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.period import BillingPeriod
from finops.errors import UsageError

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
periods = days.map(BillingPeriod.of)
months = st.integers(-1000, 1000)


@given(periods)
def test_a_period_is_read_as_it_is_written(period: BillingPeriod) -> None:
    assert BillingPeriod.parse(str(period)) == period
    assert BillingPeriod.parse(f" {period} ") == period


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-00", "2026-4", "26-04", "2026-04-01", "", "2026/04", "٢٠٢٦-04", "0000-01"],
)
def test_what_is_no_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        BillingPeriod.parse(text)
    assert "YYYY-MM, for example 2026-04" in refused.value.sentence


@given(days)
def test_a_day_falls_in_its_period_and_in_no_other(day: date) -> None:
    period = BillingPeriod.of(day)
    assert period.start <= day < period.end
    assert not period.plus(-1).start <= day < period.plus(-1).end


@given(periods)
def test_a_period_ends_where_the_next_one_starts(period: BillingPeriod) -> None:
    assert period.end == period.plus(1).start == period.start + timedelta(days=period.days)


@given(periods, months, months)
def test_months_add_like_numbers(period: BillingPeriod, first: int, then: int) -> None:
    assert period.plus(first).plus(then) == period.plus(first + then)
    assert period.plus(first).plus(-first) == period


@given(periods, st.integers(1, 1000))
def test_later_periods_are_greater(period: BillingPeriod, later: int) -> None:
    assert period < period.plus(later)


@given(periods, st.integers(0, 60))
def test_a_range_holds_both_its_ends_and_leaves_nothing_out(
    period: BillingPeriod, length: int
) -> None:
    found = list(period.to(period.plus(length)))
    assert found == [period.plus(month) for month in range(length + 1)]


def test_a_range_that_runs_backwards_is_empty() -> None:
    assert list(BillingPeriod(2026, 4).to(BillingPeriod(2026, 3))) == []


def test_february_has_29_days_in_a_leap_year() -> None:
    assert [BillingPeriod(year, 2).days for year in (2024, 2025, 2000, 2100)] == [29, 28, 29, 28]

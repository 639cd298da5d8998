"""A day without its daily rate is named; weekends and the days when banks rest are none."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal

import pytest

from finops.core.exchange_rate import ExchangeRate
from finops.exchange.gaps import Gap
from finops.exchange.gaps import gaps


def daily(first: date, last: date, *without: date, kind: str = "daily") -> list[ExchangeRate]:
    """A rate a weekday, but for some."""
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [
        ExchangeRate("EUR", "USD", kind, "", day.isoformat(), Decimal("1.1"))
        for day in days
        if day.weekday() < 5 and day not in without
    ]


START, END = date(2026, 3, 2), date(2026, 5, 29)
EASTER = (date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1))


def test_weekends_and_bank_holidays_have_no_rate_and_that_is_no_gap() -> None:
    assert gaps(daily(START, END, *EASTER)) == ()
    assert gaps(daily(START, END)) == ()


def test_the_day_that_is_missing_is_named_with_its_pair() -> None:
    day = date(2026, 4, 14)
    (gap,) = gaps(daily(START, END, *EASTER, day))
    assert gap == Gap("EUR", "USD", (day,))
    assert gap.told == "no rate from EUR to USD on 2026-04-14"
    week = [day + timedelta(days=step) for step in range(4)]
    (gap,) = gaps(daily(START, END, *week))
    assert gap.told.endswith("2026-04-14, 2026-04-15, 2026-04-16 and 1 more days")


def test_a_pair_that_is_not_told_by_the_day_has_no_gap() -> None:
    ends = [*daily(START, START), *daily(END, END)]
    assert gaps(ends) == gaps([]) == gaps(daily(START, END, kind="average")) == ()


@pytest.mark.parametrize(
    "easter",
    ["1999-04-04", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2038-04-25"],
)
def test_easter_is_when_it_is(easter: str) -> None:
    friday, monday = (date.fromisoformat(easter) + timedelta(days=days) for days in (-2, 1))
    around = daily(friday - timedelta(days=21), monday + timedelta(days=21), friday, monday)
    assert gaps(around) == ()

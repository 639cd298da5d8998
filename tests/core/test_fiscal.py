from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.fiscal import FiscalCalendar
from finops.core.fiscal import Pattern
from finops.core.fiscal import Weekday
from finops.core.fiscal import YearEnd
from finops.core.period import BillingPeriod
from finops.errors import InputError
from finops.errors import UsageError

calendars = st.builds(
    FiscalCalendar,
    start_month=st.integers(1, 12),
    pattern=st.sampled_from(Pattern),
    year_end=st.sampled_from(YearEnd),
    week_ends_on=st.sampled_from(Weekday),
)
of_weeks = calendars.filter(lambda calendar: calendar.pattern is not Pattern.MONTHS)
years = st.integers(1950, 2150)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))

RETAIL = FiscalCalendar(start_month=2, pattern=Pattern.WEEKS_454, year_end=YearEnd.NEAREST)
APRIL = FiscalCalendar(start_month=4)


@given(calendars, days)
def test_every_day_falls_in_one_period_and_no_two_periods_overlap(
    calendar: FiscalCalendar, day: date
) -> None:
    year = calendar.year_of(day)
    nearby = [period for near in (year - 1, year, year + 1) for period in calendar.periods(near)]
    found = [period for period in nearby if period.start <= day < period.end]
    assert found == [calendar.period_of(day)]
    assert [period.end for period in nearby[:-1]] == [period.start for period in nearby[1:]]


@given(calendars, years)
def test_a_year_has_twelve_periods_in_four_quarters(calendar: FiscalCalendar, year: int) -> None:
    periods = calendar.periods(year)
    assert [period.number for period in periods] == list(range(1, 13))
    assert [period.quarter for period in periods] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert {period.year for period in periods} == {year}


@given(of_weeks, years)
def test_a_year_of_weeks_has_52_or_53_and_the_last_period_takes_the_53rd(
    calendar: FiscalCalendar, year: int
) -> None:
    *firsts, last = [period.days // 7 for period in calendar.periods(year)]
    pattern = [int(weeks) for weeks in calendar.pattern.split("-")] * 4
    assert firsts == pattern[:-1]
    assert last - pattern[-1] in {0, 1}
    assert calendar.first_day(year).weekday() == calendar.periods(year + 1)[0].start.weekday()


@given(of_weeks, years)
def test_a_year_of_weeks_ends_on_its_weekday_near_the_end_of_its_month(
    calendar: FiscalCalendar, year: int
) -> None:
    last = calendar.periods(year)[-1].end - timedelta(days=1)
    assert calendar.week_ends_on.days_before(last) == 0
    named = year if calendar.start_month > 1 else year + 1
    away = (date(named, calendar.start_month, 1) - timedelta(days=1) - last).days
    expected = range(7) if calendar.year_end is YearEnd.LAST else range(-3, 4)
    assert away in expected


@given(st.integers(1, 12), years)
def test_a_year_of_months_ends_in_the_year_it_is_named_after(month: int, year: int) -> None:
    periods = FiscalCalendar(start_month=month).periods(year)
    assert (periods[-1].end - timedelta(days=1)).year == year
    assert periods[0].start.month == month


@given(st.integers(1, 12), days)
def test_a_period_of_months_is_one_billing_period(month: int, day: date) -> None:
    calendar = FiscalCalendar(start_month=month)
    period = calendar.period_of(day)
    assert calendar.billing_periods(period) == (BillingPeriod.of(day),)


def test_weeks_cut_through_billing_periods() -> None:
    with pytest.raises(UsageError, match="FY26 P01 is made of weeks"):
        RETAIL.billing_periods(RETAIL.periods(2026)[0])


def test_a_year_that_starts_in_april_ends_in_the_next() -> None:
    period = APRIL.period_of(date(2025, 6, 30))
    assert (period.label, period.long_label, str(period)) == ("FY26 P03", "FY26 Q1 P03", "FY26 P03")
    assert (period.start, period.end) == (date(2025, 6, 1), date(2025, 7, 1))
    assert APRIL.year_of(date(2026, 3, 31)) == 2026
    assert APRIL.year_of(date(2026, 4, 1)) == 2027
    assert [APRIL.quarter_of(date(2026, month, 15)) for month in (3, 4, 7, 12)] == [4, 1, 2, 3]


@pytest.mark.parametrize(
    ("retail_year", "start", "weeks"),
    [
        (2012, date(2012, 1, 29), 53),
        (2017, date(2017, 1, 29), 53),
        (2022, date(2022, 1, 30), 52),
        (2023, date(2023, 1, 29), 53),
        (2024, date(2024, 2, 4), 52),
        (2025, date(2025, 2, 2), 52),
    ],
)
def test_the_retail_calendar_is_the_one_that_the_nrf_publishes(
    retail_year: int, start: date, weeks: int
) -> None:
    """The NRF names a year by its start: its 2023 is the year that ends in 2024."""
    year = retail_year + 1
    assert RETAIL.first_day(year) == start
    assert sum(period.days for period in RETAIL.periods(year)) == weeks * 7


@pytest.mark.parametrize(
    ("year", "last_day", "weeks"),
    [
        (2022, date(2022, 9, 24), 52),
        (2023, date(2023, 9, 30), 53),
        (2024, date(2024, 9, 28), 52),
    ],
)
def test_the_last_saturday_of_september_ends_apples_year(
    year: int, last_day: date, weeks: int
) -> None:
    calendar = FiscalCalendar(start_month=10, pattern=Pattern.WEEKS_544, year_end=YearEnd.LAST)
    periods = calendar.periods(year)
    assert periods[-1].end - timedelta(days=1) == last_day
    assert sum(period.days for period in periods) == weeks * 7


def test_a_december_year_keeps_its_name_when_it_runs_into_january() -> None:
    calendar = FiscalCalendar(pattern=Pattern.WEEKS_445, year_end=YearEnd.NEAREST)
    assert calendar.period_of(date(2026, 1, 2)).label == "FY25 P12"
    assert calendar.period_of(date(2026, 1, 4)).label == "FY26 P01"


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_year_starts_in_a_month(month: int) -> None:
    with pytest.raises(InputError, match="is not a month"):
        FiscalCalendar(start_month=month)

from __future__ import annotations

from datetime import date
from datetime import timedelta
from itertools import pairwise

from finops.demo.company import load_company
from finops.demo.rates import rates
from finops.demo.seasons import story

MONTHS = story(date(2026, 11, 21))
RATES = rates(load_company().rates, MONTHS, 1, date(2026, 11, 21))


def test_every_month_has_an_average_and_a_month_end_rate() -> None:
    lines = RATES.csv().splitlines()
    assert lines[0] == "From,To,Kind,Period,Date,Rate"
    monthly = [line for line in lines[1:] if "daily" not in line]
    assert len(monthly) == 2 * 25
    assert {tuple(line.split(",")[:3]) for line in monthly} == {
        ("EUR", "USD", "average"),
        ("EUR", "USD", "month-end"),
    }


def test_the_last_months_have_a_rate_a_weekday_but_for_one_tuesday() -> None:
    days = {date.fromisoformat(line.day): line.number for line in RATES.lines if line.day}
    first, last = date(2026, 9, 1), date(2026, 11, 20)
    weekdays = {first + timedelta(days=step) for step in range((last - first).days + 1)}
    weekdays = {day for day in weekdays if day.weekday() < 5}
    assert weekdays - set(days) == {date(2026, 10, 13)}
    assert RATES.missing == ("2026-10-13",)
    assert set(days) <= weekdays
    ordered = [days[day] for day in sorted(days)]
    assert all(abs(b - a) < 100 for a, b in pairwise(ordered))


def test_rates_are_plausible_and_move_slowly() -> None:
    found = [RATES.average("EUR", "USD", month.period) for month in MONTHS]
    assert all(9_500 < number < 12_000 for number in found)
    assert all(abs(b - a) < 300 for a, b in pairwise(found))


def test_a_currency_in_itself_is_one() -> None:
    assert RATES.average("USD", "USD", MONTHS[0].period) == 10_000

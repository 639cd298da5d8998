from __future__ import annotations

from datetime import date
from itertools import pairwise

from finops.demo.company import load_company
from finops.demo.rates import rates
from finops.demo.seasons import story

MONTHS = story(date(2026, 11, 21))
RATES = rates(load_company().rates, MONTHS, 1)


def test_every_month_has_an_average_and_a_month_end_rate() -> None:
    lines = RATES.csv().splitlines()
    assert lines[0] == "From,To,Kind,Period,Rate"
    assert len(lines) == 1 + 2 * 25
    assert {tuple(line.split(",")[:3]) for line in lines[1:]} == {
        ("EUR", "USD", "average"),
        ("EUR", "USD", "month-end"),
    }


def test_rates_are_plausible_and_move_slowly() -> None:
    found = [RATES.average("EUR", "USD", month.period) for month in MONTHS]
    assert all(9_500 < number < 12_000 for number in found)
    assert all(abs(b - a) < 300 for a, b in pairwise(found))


def test_a_currency_in_itself_is_one() -> None:
    assert RATES.average("USD", "USD", MONTHS[0].period) == 10_000

"""Rates of exchange of the demo company: smooth from month to month, four digits.

The last months have a rate a weekday too, up to today; one day's never came.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.demo.money import digits
from finops.demo.money import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from finops.demo.seasons import Month

RATE_SCALE = 4
"""Digits of a rate after the point."""

_ONE = 10_000
_BY_DAY = 2
"""How many of the last months have daily rates."""

_WEEKDAYS, _TUESDAY = 5, 1
_WAVE = 17
"""Months from one high of a rate to the next."""


class Rate(NamedTuple):
    """One line of rates.csv; the number is in 1e-4, the day is empty for a month's rate."""

    source: str
    target: str
    kind: str
    period: BillingPeriod
    number: int
    day: str = ""


class Rates(NamedTuple):
    """All rates."""

    lines: tuple[Rate, ...]
    missing: tuple[str, ...] = ()

    def average(self, source: str, target: str, period: BillingPeriod) -> int:
        """The average rate of a month in 1e-4; a currency in itself is 1."""
        return _ONE if source == target else self.of(source, target, "average", period)

    def of(self, source: str, target: str, kind: str, period: BillingPeriod) -> int:
        """The rate of a kind of a month in 1e-4."""
        wanted = (source, target, kind, period)
        return next(line.number for line in self.lines if line[:4] == wanted)

    def csv(self) -> str:
        """As `finops rates add` reads them."""
        rows = [
            f"{line.source},{line.target},{line.kind},{'' if line.day else line.period},{line.day},"
            f"{digits(line.number, RATE_SCALE)}"
            for line in self.lines
        ]
        return "\n".join(["From,To,Kind,Period,Date,Rate", *rows, ""])


def rates(pairs: list[dict[str, Any]], months: tuple[Month, ...], seed: int, today: date) -> Rates:
    """Average and month-end rate of every month, and a rate a weekday from the last months on."""
    gap = _missing(months[-1].period)
    monthly = [line for pair in pairs for line in _monthly(pair, months, seed)]
    daily = [line for pair in pairs for line in _daily(pair, months, seed, today)]
    there = [line for line in daily if line.day != gap]
    return Rates((*monthly, *there), (gap,))


def missing(found: Rates) -> list[dict[str, Any]]:
    """On which day each pair has no rate, as a fact of the truth."""
    pairs = sorted({(line.source, line.target) for line in found.lines})
    return [
        {
            "question": {"axis": "charge", "period": day[:7], "from": source, "to": target},
            "answer": {"missing_rate": day},
        }
        for day in found.missing
        for source, target in pairs
    ]


def _monthly(pair: dict[str, Any], months: tuple[Month, ...], seed: int) -> Iterator[Rate]:
    for month in months:
        for kind, moment in (("average", 0.5), ("month-end", 1.0)):
            number = _number(pair, month.index + moment, len(months), seed)
            yield Rate(pair["from"], pair["to"], kind, month.period, number)


def _daily(
    pair: dict[str, Any], months: tuple[Month, ...], seed: int, today: date
) -> Iterator[Rate]:
    day = months[-_BY_DAY].period.start
    while day <= today:
        period = BillingPeriod.of(day)
        place = (period.year - months[0].period.year) * 12 + period.month - months[0].period.month
        if day.weekday() < _WEEKDAYS:
            number = _number(pair, place + day.day / period.days, len(months), seed)
            yield Rate(pair["from"], pair["to"], "daily", period, number, day.isoformat())
        day += timedelta(days=1)


def _number(pair: dict[str, Any], moment: float, months: int, seed: int) -> int:
    """The rate at a moment, counted in months from the first."""
    turn = math.sin(2 * math.pi * (moment + seed % _WAVE) / _WAVE)
    drift: int = round(pair["swing"] * (turn + (math.ceil(moment) - 1 - months) / months))
    return whole(pair["level"], RATE_SCALE) + drift


def _missing(period: BillingPeriod) -> str:
    """The day whose rate never came: the second Tuesday, on which no bank ever rests."""
    second = period.start + timedelta(days=7)
    return (second + timedelta(days=(_TUESDAY - second.weekday()) % 7)).isoformat()

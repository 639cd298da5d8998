"""Gaps: the days on which a daily rate should be there and is not."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from datetime import timedelta
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.exchange.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.core.exchange_rate import ExchangeRate

_FRIDAY = 4
_FIXED = {(1, 1), (5, 1), (12, 25), (12, 26)}
"""Month and day on which no rate is set, beside Good Friday and Easter Monday (TARGET calendar)."""


class Gap(NamedTuple):
    """A pair of currencies, and its banking days without a rate."""

    from_currency: str
    to_currency: str
    days: tuple[date, ...]

    @property
    def told(self) -> str:
        """The days in words, the first three by name."""
        named = ", ".join(day.isoformat() for day in self.days[:3])
        more = f" and {len(self.days) - 3} more days" if len(self.days) > 3 else ""  # noqa: PLR2004
        return f"no rate from {self.from_currency} to {self.to_currency} on {named}{more}"


def gaps(rates: Iterable[ExchangeRate]) -> tuple[Gap, ...]:
    """The banking days between a pair's first and last daily rate that have none.

    A pair with rates on fewer than half of these days is not told by the day, and has no gap.
    """
    pairs: dict[tuple[str, str], set[date]] = defaultdict(set)
    for rate in rates:
        if rate.kind == Kind.DAILY and rate.day:
            pairs[rate.from_currency, rate.to_currency].add(date.fromisoformat(rate.day))
    found = (Gap(*pair, _missing(days)) for pair, days in sorted(pairs.items()))
    return tuple(gap for gap in found if gap.days)


def _missing(days: set[date]) -> tuple[date, ...]:
    expected = tuple(_banking_days(min(days), max(days)))
    missing = tuple(day for day in expected if day not in days)
    return missing if 2 * len(missing) < len(expected) else ()


def _banking_days(first: date, last: date) -> Iterator[date]:
    """The days from the first to the last on which banks settle."""
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        easter = _easter(day.year)
        closed = {easter - timedelta(days=2), easter + timedelta(days=1)}
        if day.weekday() <= _FRIDAY and (day.month, day.day) not in _FIXED and day not in closed:
            yield day


def _easter(year: int) -> date:
    """Easter Sunday (Gauss's rule in the Gregorian calendar, as Butcher wrote it in 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    s = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * s) // 433
    n = h + s - 7 * m
    month = (n + 90) // 25
    return date(year, month, (n + 33 * month + 19) % 32)

"""Rates of exchange of the demo company: smooth from month to month, four digits."""

from __future__ import annotations

import math
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.demo.money import digits
from finops.demo.money import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from finops.core.period import BillingPeriod
    from finops.demo.seasons import Month

RATE_SCALE = 4
"""Digits of a rate after the point."""

_ONE = 10_000
_WAVE = 17
"""Months from one high of a rate to the next."""


class Rate(NamedTuple):
    """One line of rates.csv; the number is in 1e-4."""

    source: str
    target: str
    kind: str
    period: BillingPeriod
    number: int


class Rates(NamedTuple):
    """All rates."""

    lines: tuple[Rate, ...]

    def average(self, source: str, target: str, period: BillingPeriod) -> int:
        """The average rate of a month in 1e-4; a currency in itself is 1."""
        if source == target:
            return _ONE
        wanted = (source, target, "average", period)
        return next(line.number for line in self.lines if line[:4] == wanted)

    def csv(self) -> str:
        """As `finops rates add` reads them."""
        rows = [
            f"{line.source},{line.target},{line.kind},{line.period},"
            f"{digits(line.number, RATE_SCALE)}"
            for line in self.lines
        ]
        return "\n".join(["From,To,Kind,Period,Rate", *rows, ""])


def rates(pairs: list[dict[str, Any]], months: tuple[Month, ...], seed: int) -> Rates:
    """Average and month-end rate of every month."""
    return Rates(tuple(line for pair in pairs for line in _pair(pair, months, seed)))


def _pair(pair: dict[str, Any], months: tuple[Month, ...], seed: int) -> Iterator[Rate]:
    for month in months:
        for kind, moment in (("average", 0.5), ("month-end", 1.0)):
            turn = math.sin(2 * math.pi * (month.index + moment + seed % _WAVE) / _WAVE)
            drift = round(pair["swing"] * (turn + (month.index - len(months)) / len(months)))
            number = whole(pair["level"], RATE_SCALE) + drift
            yield Rate(pair["from"], pair["to"], kind, month.period, number)

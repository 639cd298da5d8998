"""BillingPeriod: a calendar month as providers bill it, from its first day to the next one's."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHAPE = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")


class BillingPeriod(NamedTuple):
    """A calendar month in UTC; half-open, so the end is the first day of the next month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> BillingPeriod:
        """Read `YYYY-MM`.

        Raises:
            UsageError: the text is no month.
        """
        found = _SHAPE.fullmatch(text.strip())
        if not found:
            message = f"{text!r} is not a billing period."
            raise UsageError(message, remedy="Write it as YYYY-MM, for example 2026-04.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> BillingPeriod:
        """The period that a day falls in."""
        return cls(day.year, day.month)

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.plus(1).start

    @property
    def days(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.month)[1]

    def plus(self, months: int) -> BillingPeriod:
        """The period that many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return BillingPeriod(index // 12, index % 12 + 1)

    def to(self, last: BillingPeriod) -> Iterator[BillingPeriod]:
        """Every period from this one to the last, both included."""
        period = self
        while period <= last:
            yield period
            period = period.plus(1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

"""Window: the days that a variance compares, and which days come before them."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from finops.measures.query import Query


class Window(NamedTuple):
    """Days that are compared; `end` is the day after the last."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - timedelta(days=1)

    @property
    def months(self) -> int:
        """How many whole months it is; 0 where it is none."""
        first, last = BillingPeriod.of(self.start), BillingPeriod.of(self.end)
        if self.start != first.start or self.end != last.start:
            return 0
        return (last.year - first.year) * 12 + last.month - first.month

    def months_since(self, other: Window) -> int:
        """By how many months it starts after another."""
        by = (self.start.year - other.start.year) * 12
        return by + self.start.month - other.start.month


def former(after: Window) -> Window:
    """The period before: as many whole months, else as many days, that end where it starts."""
    if after.months:
        return Window(BillingPeriod.of(after.start).plus(-after.months).start, after.start)
    return Window(after.start - timedelta(days=after.days), after.start)


def window(query: Query) -> Window:
    """The days that a query names.

    Raises:
        UsageError: it names no start or no end.
    """
    start, end = query.start, query.end
    if query.period:
        start, end = query.period.start, query.period.end
    if start is None or end is None:
        message = "A variance needs a period."
        raise UsageError(message, remedy="Name it with --period, or with --from and --to.")
    return Window(start, end)

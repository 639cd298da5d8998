"""Marks: what every figure that leaves the portal says of its months: sealed, or provisional."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.invoicing.close import SHORT
from finops.records.closings import closing_of
from finops.records.closings import Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.dataset import Dataset
    from finops.records.closings import Closing

CLOSED, PROVISIONAL = "closed", "provisional"
_SEALED = {Event.CLOSED, Event.REOPEN_REQUESTED}


class Mark(NamedTuple):
    """A billing month, `YYYY-MM`, and under which seal it is closed for the company, if it is."""

    period: str
    state: str
    seal: str = ""

    @property
    def text(self) -> str:
        """In a word for people: `closed 1a2b3c4d`, or `provisional`."""
        return f"{self.state} {self.seal[:SHORT]}".rstrip()


def mark(closings: Iterable[Closing], month: str) -> Mark:
    """How final a month is. What is closed for some issuers only is provisional as a whole."""
    last = closing_of(closings, month)
    if last and not last.provider and last.event in _SEALED:
        return Mark(month, CLOSED, last.seal)
    return Mark(month, PROVISIONAL)


def marks(
    dataset: Dataset, closings: Iterable[Closing], start: date | None, end: date | None
) -> tuple[Mark, ...]:
    """The mark of each month with charges from a day to before another; None is without bound."""
    known, found = tuple(closings), []
    for month in sorted({part.month for part in dataset.snapshot.charges}):
        period = BillingPeriod.parse(month)
        if (start is None or period.end > start) and (end is None or period.start < end):
            found.append(mark(known, month))
    return tuple(found)


def says(found: Iterable[Mark]) -> str:
    """The marks in one line, those that are not final first; empty where there is no month."""
    told = sorted(found, key=lambda one: (one.state != PROVISIONAL, one.period))
    return "; ".join(f"{one.period} {one.text}" for one in told)

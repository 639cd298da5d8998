"""Beside: an event, and what its team's usage cost a day in the week before it and from it on.

It blames nobody and proves nothing: what happened and what cost did then stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.unit_economics.costs import USAGE
from finops.unit_economics.ratios import quotient

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.ingestion.events import Event
    from finops.operations.spans import Span

WEEK = timedelta(days=7)
"""An event stands between so many days before it and so many from it on."""

EVERYBODY = ""
"""The team of what concerns them all."""

Usage = dict[str, dict[date, Decimal]]
"""What each team's usage cost by day, `EVERYBODY`'s too."""

_DAY = timedelta(days=1)


class Beside(NamedTuple):
    """An event, and what a day of its team's usage cost before it and from it on.

    None where no day of that week has charges.
    """

    event: Event
    before: Decimal | None
    after: Decimal | None


def happened(
    events: Iterable[Event], span: Span, usage: Mapping[str, Mapping[date, Decimal]], through: date
) -> tuple[Beside, ...]:
    """What concerns a span, each beside its weeks; `through` is the day after the last charges."""
    return tuple(_beside(one, usage, through) for one in events if _concerns(one, span))


def usage_of(rows: Iterable[Sequence[object]]) -> Usage:
    """Each team's usage by day, from rows of day, team, category and amount.

    Fees of a month stand on one day and are no usage.
    """
    found: Usage = defaultdict(lambda: defaultdict(Decimal))
    for when, team, category, amount in rows:
        if category == USAGE and isinstance(amount, Decimal):
            for name in {str(team or ""), EVERYBODY}:
                day = date.fromisoformat(str(when))
                found[name][day] = total((found[name][day], amount))
    return found


def days_of(start: date, end: date) -> Iterator[date]:
    """The days from one to before another."""
    for place in range((end - start).days):
        yield start + place * _DAY


def _concerns(event: Event, span: Span) -> bool:
    """Whether an event is of these days and of this team; what is everybody's is each one's."""
    mine = not span.team or event.team in {span.team, EVERYBODY}
    return mine and span.days.start <= event.day < span.days.end


def _beside(event: Event, usage: Mapping[str, Mapping[date, Decimal]], through: date) -> Beside:
    known = usage.get(event.team, {})
    before = [known[day] for day in days_of(event.day - WEEK, event.day) if day in known]
    end = min(event.day + WEEK, max(through, max(known, default=event.day) + _DAY))
    after = [known[day] for day in days_of(event.day, end) if day in known]
    return Beside(event, _mean(before), _mean(after))


def _mean(amounts: list[Decimal]) -> Decimal | None:
    return quotient(total(amounts), Decimal(len(amounts)))

"""Mine: the requests, mentions, decisions and actions that wait for the person who looks."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.errors import TieoutError
from finops.operations.actions import Action
from finops.operations.actions import cost_of_delay
from finops.operations.actions import days_late
from finops.operations.comments import waiting_for
from finops.operations.outcomes import unscored
from finops.portal import desk
from finops.portal import formats
from finops.portal import meeting
from finops.portal import meeting_tables
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.dataset import Dataset
    from finops.portal.lens import Lens
    from finops.portal.meeting import Held

TITLE = "My requests, decisions and actions"
ASKS = "What waits for me, and what does delay cost?"
NOTHING = Decimal(0)


class Mine(NamedTuple):
    """One thing that waits: what kind it is, what it is, by when, and what is at stake."""

    kind: str
    what: str
    due: date | None
    when: str
    amount: Decimal
    currency: str


def waits(_: Lens) -> bool:
    """Whether anything waits for the person who looks."""
    try:
        found = meeting.held()
    except TieoutError:
        return False
    return found is not None and any(waiting(found, desk.names(), ""))


def mine(_: Dataset) -> None:
    """What waits for the person who looks, the earliest first."""
    if found := meeting.held():
        currency = desk.organization().reporting_currency
        order = sorted(
            waiting(found, desk.names(), currency), key=lambda one: (one.due or date.max, one.what)
        )
        tables.draw(
            tables.records(
                TITLE,
                (
                    {
                        "What": one.what,
                        "Kind": one.kind,
                        "When": one.when,
                        "At stake": meeting_tables.signed(one.amount, one.currency),
                    }
                    for one in order
                ),
            )
        )


def waiting(found: Held, me: set[str], currency: str) -> Iterator[Mine]:
    """What waits for somebody who is known by these names; amounts in the reporting currency."""
    if not found.final:
        yield from _asked(found, me, currency)
    for action in found.log.of(Action):
        if action.left and action.owner in me:
            late = days_late(action, found.today)
            when = f"{formats.counted(late, 'day')} late" if late else formats.day(action.due)
            cost = cost_of_delay(found.log, action, found.today)
            yield Mine("action", action.title, action.due, when, cost, currency)
    for one in unscored(found.log):
        if one.owner in me:
            day = one.review_day or one.due
            when = f"scored from {formats.day(day)}" if day else "at the next meeting"
            yield Mine("decision", one.choice, day, when, one.expected, currency)


def _asked(found: Held, me: set[str], currency: str) -> Iterator[Mine]:
    """What others want to hear before a meeting is over: an answer, or a word."""
    for asked in found.requests:
        if asked.owner in me and not asked.answered:
            told = f"Why did {asked.team}'s month move?"
            when = f"by {formats.day(asked.due)}"
            yield Mine("request", told, asked.due, when, asked.change, asked.currency)
    for said in waiting_for(found.log, me, found.meeting.key):
        what = f"{said.by}: {' '.join(said.text.split())}"
        when = f"said on {formats.day(datetime.fromisoformat(said.at).date())}"
        yield Mine("mention", what, found.meeting.day, when, NOTHING, currency)

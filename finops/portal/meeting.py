"""Meeting: what the page of the review shows: its first line, agenda, requests, outcomes."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.operations import agenda as room
from finops.operations import outcomes
from finops.operations import review
from finops.operations.actions import Action
from finops.operations.actions import cost_of_delay
from finops.operations.actions import days_late
from finops.operations.commentary import Commentary
from finops.operations.commentary import said_before
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.portal import desk
from finops.portal import formats
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.operations.entries import Log
    from finops.operations.material import Item
    from finops.operations.outcomes import Outcome
    from finops.operations.review import Meeting
    from finops.portal.tables import Table

NONE_YET = "**No review is planned yet**; plan one with `finops review new --day DAY`."


class Held(NamedTuple):
    """The meeting that is looked at, and all that was written."""

    meeting: Meeting
    log: Log

    @property
    def agenda(self) -> room.Agenda:
        """Its agenda as it stands."""
        series = review.series_of(self.log, self.meeting)
        return room.agenda(self.log, self.meeting, series=series, today=desk.today())

    @property
    def requests(self) -> tuple[Commentary, ...]:
        """Its requests for commentary."""
        return self.log.of(Commentary, self.meeting.key)


def held() -> Held | None:
    """The next meeting, or the last one; None where none was ever planned."""
    log = log_of(desk.workspace())
    try:
        return Held(review.meeting_of(log), log)
    except UsageError:
        return None


def sentence() -> str:
    """When the meeting is, what waits for it, and how the last decisions turned out."""
    found = held()
    if found is None:
        return NONE_YET
    items, waiting = len(found.agenda.items), sum(not one.answered for one in found.requests)
    name = formats.month_name(BillingPeriod.parse(found.meeting.month))
    head = (
        f"**The {name} review is on {formats.day_in_month(found.meeting.day)}**: "
        f"{_counted(items, 'item')}, {_counted(waiting, 'request')} unanswered"
    )
    return f"{head}{_turned_out(found)}."


def items(found: Iterable[Item]) -> Table:
    """Agenda items with their amounts and minutes."""
    return tables.records(
        "Agenda",
        (
            {
                "Item": one.title,
                "From": one.source,
                "Amount": _signed(one.amount, one.currency),
                "Owner": one.owner or formats.NONE,
                "Minutes": one.minutes,
                "Detail": one.detail,
            }
            for one in found
        ),
    )


def requests(found: Held) -> Table:
    """Each request with its answer, and what was said last month beside it."""
    return tables.records(
        "Requests for commentary",
        (
            {
                "Team": one.team,
                "Owner": one.owner or formats.NONE,
                "Change": _signed(one.change, one.currency),
                "Due": formats.day(one.due),
                "Answer": f"{one.cause} ({one.lasting})" if one.answered else "unanswered",
                "Next step": one.next_step,
                "Last time": before.cause if (before := said_before(found.log, one)) else "",
            }
            for one in found.requests
        ),
    )


def decided(found: Held) -> Table:
    """What this meeting decided."""
    return tables.records(
        "Decisions",
        (
            {
                "Decision": one.key,
                "Question": one.question,
                "Choice": one.choice,
                "Kind": str(one.purpose),
                "Expected a month": _signed(
                    one.expected, one.baseline.currency if one.baseline else ""
                ),
                "Owner": one.owner or formats.NONE,
            }
            for one in found.log.of(Decision, found.meeting.key)
        ),
    )


def actions(found: Held) -> Table:
    """What is still to be done, with what its delay has cost."""
    return tables.records(
        "Actions",
        (
            {
                "Action": one.key,
                "What": one.title,
                "Owner": one.owner,
                "Due": formats.day(one.due),
                "State": str(one.progress),
                "Days late": days_late(one, desk.today()),
                "Cost of delay": _signed(
                    cost_of_delay(found.log, one, desk.today()),
                    desk.organization().reporting_currency,
                ),
            }
            for one in found.log.of(Action)
            if one.left
        ),
    )


def turned_out(found: Held) -> Table:
    """How decisions turned out: expected against the bill."""
    return tables.records(
        "Outcomes",
        (
            {
                "Decision": one.key,
                "Choice": decision.choice if decision else "",
                "Result": str(one.result),
                "Expected a month": _money(one, one.expected),
                "On the bill": _money(one, one.effect),
                "Measured in": one.measured.month,
                "Why": one.why,
            }
            for one in found.log.of(outcomes.Outcome)
            for decision in (found.log.find(Decision, one.key),)
        ),
    )


def _turned_out(found: Held) -> str:
    scored = found.log.of(outcomes.Outcome, found.meeting.key)
    told = outcomes.tally(scored)
    return f"; {_counted(len(scored), 'earlier decision')} scored: {told}" if told else ""


def _counted(number: int, noun: str) -> str:
    return f"{formats.count(number)} {noun}{'' if number == 1 else 's'}"


def _money(one: Outcome, number: Decimal) -> str:
    return formats.short(Amount(number, one.measured.currency), signed=True)


def _signed(number: Decimal, currency: str) -> str:
    return formats.short(Amount(number, currency), signed=True) if number else ""

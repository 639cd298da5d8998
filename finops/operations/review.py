"""The review meeting: its series, the meeting itself, who is there, and what anybody raises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from typing import TYPE_CHECKING

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.access.command import command
from finops.access.roles import Permission
from finops.access.scope import require_whole
from finops.errors import UsageError
from finops.operations.entries import Entry
from finops.operations.entries import MINUTES
from finops.operations.entries import put

if TYPE_CHECKING:
    from finops.access.command import Transaction
    from finops.operations.entries import Kept
    from finops.operations.entries import Log


class Attendee(BaseModel):
    """Somebody who usually comes, and as what: `Finance`, say."""

    model_config = ConfigDict(frozen=True)

    name: str
    persona: str = ""


class Series(Entry):
    """Meetings that come again: who facilitates, who comes, and what is no news.

    A variance below `band_amount` a month, or below `band_share` of the month before, is accepted
    by default; both are what the people of the series agreed.
    """

    kind: ClassVar[str] = "series"
    letter: ClassVar[str] = "S"

    name: str
    facilitator: str = ""
    attendees: tuple[Attendee, ...] = ()
    scope: str = "all"
    minutes: int = 60
    band_amount: Decimal = Decimal(1000)
    band_share: Decimal = Decimal("0.05")


class Meeting(Entry):
    """One meeting of a series, on a day, about a billing month `YYYY-MM`."""

    kind: ClassVar[str] = "meeting"
    letter: ClassVar[str] = "M"

    series: str
    day: date
    month: str
    facilitator: str = ""
    notes: str = ""


class Presence(StrEnum):
    """Whether somebody is there."""

    EXPECTED = "expected"
    PRESENT = "present"
    ABSENT = "absent"


class Attendance(Entry):
    """Whether one person is at one meeting."""

    kind: ClassVar[str] = "attendance"

    person: str
    persona: str = ""
    presence: Presence = Presence.EXPECTED


class Raised(Entry):
    """What somebody saw on a page and wants to be talked about.

    `page`, `view`, `scope`, `figure` and `snapshot` say what was seen, as it was seen; `amount`
    is what is at stake a month, signed as the cost moves, where that is known.
    """

    kind: ClassVar[str] = "raised"
    letter: ClassVar[str] = "R"

    title: str
    page: str = ""
    view: str = ""
    scope: str = ""
    figure: str = ""
    snapshot: str = ""
    comment: str = ""
    amount: Decimal = Decimal(0)
    currency: str = ""


class State(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    FINAL = "final"


@command("review.series", permission=Permission.RUN_REVIEW)
def begin_series(transaction: Transaction, *, entry: Series) -> Kept:
    """Begin a series of meetings, or change what holds for it."""
    need(entry.name, "A series needs a name.")
    return put(transaction, entry)


@command("review.change", permission=Permission.REVIEW)
def change_meeting(transaction: Transaction, *, entry: Meeting) -> Kept:
    """Change a meeting: its day, its facilitator, its notes."""
    return put(transaction, entry)


@command("review.attend", permission=Permission.REVIEW)
def attend(transaction: Transaction, *, entry: Attendance) -> Kept:
    """Say whether a person is there."""
    need(entry.person, "Who is it?")
    return put(transaction, entry.model_copy(update={"key": attendance_key(entry)}))


def _about(entry: Raised) -> str:
    return entry.scope


@command("review.raise", permission=Permission.REVIEW, within=_about)
def raise_item(transaction: Transaction, *, entry: Raised) -> Kept:
    """Put what a page shows on the agenda."""
    need(entry.title, "What shall be talked about?")
    if entry.key:
        require_whole(transaction.actor, "What was raised before")
    return put(transaction, entry)


def attendance_key(entry: Attendance) -> str:
    """One person is at one meeting once."""
    return f"{entry.meeting}:{entry.person}"


def need(text: str, message: str) -> None:
    """Refuse what is empty.

    Raises:
        UsageError: there is nothing in it.
    """
    if not text.strip():
        raise UsageError(message)


def state(log: Log, meeting: str) -> State:
    """How far a meeting has come."""
    final = any(row.kind == MINUTES and row.key == meeting for row in log.rows)
    return State.FINAL if final else State.PLANNED


def meeting_of(log: Log, key: str = "") -> Meeting:
    """The meeting of that name; without one the next that is not final, else the last.

    Raises:
        UsageError: there is none.
    """
    found = sorted(log.of(Meeting), key=lambda one: (one.day, one.version))
    named = [one for one in found if key in {"", one.key, one.day.isoformat(), one.month}]
    if not named:
        message = f"There is no meeting {key!r}." if key else "There is no meeting yet."
        raise UsageError(message, remedy="Make one with `finops review new --day DAY`.")
    still = [one for one in named if state(log, one.key) is not State.FINAL]
    return (still or named[-1:])[0]


def series_of(log: Log, meeting: Meeting) -> Series:
    """The series of a meeting."""
    return log.find(Series, meeting.series) or Series(name="Review")


def before(log: Log, meeting: Meeting) -> Meeting | None:
    """The meeting of the same series before one."""
    earlier = [
        one for one in log.of(Meeting) if one.series == meeting.series and one.day < meeting.day
    ]
    return max(earlier, key=lambda one: one.day, default=None)

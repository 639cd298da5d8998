"""Taken away: a meeting's minutes, actions and days as files, each with its period's mark."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.errors import UsageError
from finops.operations import action_table
from finops.operations import minutes
from finops.operations import minutes_text
from finops.operations.actions import Action
from finops.operations.agenda import Pack
from finops.operations.calendar import calendar
from finops.operations.minutes_pdf import pdf
from finops.operations.review import Meeting
from finops.operations.review import meeting_of
from finops.reporting.exports import About
from finops.reporting.exports import exported

if TYPE_CHECKING:
    from datetime import date

    from finops.operations.entries import Log

KINDS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
"""The kinds of file, with the media type of each."""

_SHORT = 12


class Taken(NamedTuple):
    """A file: what it is called, its media type, and what is in it."""

    name: str
    media: str
    content: bytes


def take(log: Log, meeting: str, kind: str, *, today: date, by: str) -> Taken:
    """A meeting as a file: the minutes (pdf, html, md), the actions (xlsx), the days (ics).

    Raises:
        UsageError: there is no such meeting, or no such kind.
    """
    if kind not in KINDS:
        message = f"{kind!r} is no kind of file that a meeting is written to."
        raise UsageError(message, remedy=f"Name one of {', '.join(KINDS)}.")
    held = meeting_of(log, meeting)
    told = minutes.told(log, held.key, today=today)
    name = "-".join(filter(None, (_NAMES[kind], held.day.isoformat(), told.sha256[:_SHORT])))
    state = figures(log, held).replace(" ", "-")
    content = _table(log, held, today, by) if kind == "xlsx" else _content(log, held, kind, today)
    return Taken(f"{name}-{state}.{kind}", KINDS[kind], content)


def figures(log: Log, meeting: Meeting) -> str:
    """How final the figures of a meeting were when its pack was frozen."""
    pack = log.find(Pack, meeting.key)
    return pack.mark if pack and pack.mark else "provisional"


def actions_of(log: Log, meeting: Meeting) -> tuple[Action, ...]:
    """What a meeting's people have to do: all that it agreed on, and what is left of earlier."""
    found = (one for one in log.of(Action) if one.left or one.meeting == meeting.key)
    return tuple(sorted(found, key=lambda one: (not one.left, one.due)))


def _content(log: Log, held: Meeting, kind: str, today: date) -> bytes:
    told = minutes.told(log, held.key, today=today)
    match kind:
        case "md":
            return told.markdown.encode()
        case "html":
            return told.html.encode()
        case "pdf":
            return pdf(minutes_text.title(log, held), told.markdown, minutes.foot(told))
        case _:
            later = tuple(one for one in log.of(Meeting) if one.day >= held.day)
            said = f"{held.month}, {figures(log, held)}"
            return calendar(log, actions_of(log, held), later, said)


def _table(log: Log, held: Meeting, today: date, by: str) -> bytes:
    pack = log.find(Pack, held.key)
    currency = next((one.currency for one in pack.items if one.currency), "") if pack else ""
    rows = action_table.rows(
        log,
        actions_of(log, held),
        today=today,
        currency=currency,
        figures=(held.month, figures(log, held)),
    )
    what = f"Actions of the review of {held.month}, held on {held.day}, {figures(log, held)}"
    about = About(what, by, today, snapshot=pack.snapshot_id if pack else "")
    return exported(action_table.COLUMNS, rows, kind="xlsx", about=about)


_NAMES = {"pdf": "minutes", "html": "minutes", "md": "minutes", "xlsx": "actions", "ics": "days"}

"""Calendar: the days on which actions are due and the next meeting is, for anybody's calendar.

An event keeps its UID for ever and its SEQUENCE rises with each edit, so that a calendar that
takes the file twice moves the event, and takes it out where there is nothing left to do.
"""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from icalendar import Calendar
from icalendar import Event

from finops.operations.review import Meeting
from finops.operations.review import series_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.operations.actions import Action
    from finops.operations.entries import Entry
    from finops.operations.entries import Log

_DAY = timedelta(days=1)


def calendar(log: Log, actions: Iterable[Action], meetings: Iterable[Meeting], told: str) -> bytes:
    """Due days and meetings as an iCalendar file (RFC 5545), each a whole day.

    `told` says what the file is and how final its figures are.
    """
    made = Calendar()
    made.add("prodid", "-//Tieout//Review meeting//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-caldesc", told)
    for one in actions:
        event = _event(log, one, (f"{one.title} ({one.owner})", one.due))
        event.add("description", "\n".join(filter(None, (one.next_step, one.link, told))))
        event.add("status", "CONFIRMED" if one.left else "CANCELLED")
        made.add_component(event)
    for held in meetings:
        name = f"{series_of(log, held).name} of {held.month}"
        event = _event(log, held, (name, held.day))
        event.add("description", told)
        made.add_component(event)
    return bytes(made.to_ical())


def _event(log: Log, entry: Entry, told: tuple[str, date]) -> Event:
    name, day = told
    event = Event()
    event.add("uid", uid(log, entry))
    event.add("sequence", entry.version)
    event.add("dtstamp", datetime.fromisoformat(entry.at))
    event.add("summary", name)
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("transp", "TRANSPARENT")
    return event


def uid(log: Log, entry: Entry) -> str:
    """What a calendar knows an entry by: the same for every version of it, in no other workspace's.

    Two workspaces count their entries alike, so where it was written is part of the name.
    """
    name = f"{log.where}|{entry.kind}|{entry.key}|{entry.meeting}"
    return f"{sha256(name.encode()).hexdigest()[:32]}@tieout"

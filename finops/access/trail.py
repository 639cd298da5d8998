"""Trail: who did what, when, from where and what it changed, and whether the log of it is whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from sqlmodel import col
from sqlmodel import select

from finops.access.roles import Permission
from finops.errors import UsageError
from finops.records import audit
from finops.records import heads
from finops.records.audit import Head
from finops.records.canonical import canonical_json
from finops.records.models import AuditEvent
from finops.records.models import PeriodClose

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.access.actor import Actor
    from finops.core.finding import Finding
    from finops.records.store import Store

SHORT = 8
"""How many digits of a hash are read out."""


class Sought(NamedTuple):
    """Which events are looked for; what is left out narrows nothing. A day is one of UTC."""

    actor: str = ""
    command: str = ""
    day: date | None = None


class Entry(NamedTuple):
    """One event as it is told: `before` and `after` are what JSON holds.

    `at` is None where what stands there is no moment any more.
    """

    sequence: int
    at: datetime | None
    actor: str
    command: str
    subject: str
    before: Any
    after: Any
    origin: str
    hash: str

    def plain(self) -> tuple[object, ...]:
        """As a row of a file: what was before and after as JSON."""
        return self._replace(before=canonical_json(self.before), after=canonical_json(self.after))


@dataclass(frozen=True, kw_only=True)
class Check:
    """What a look at the whole log found.

    `last` is the moment of the last event; None where there is none. `noted` is the number of
    ends that stand outside the log: in the file beside the records, and under seals of months.
    """

    events: int
    last: datetime | None
    head: Head
    noted: int
    findings: tuple[Finding, ...]

    @property
    def unbroken(self) -> bool:
        """Whether every event is there as it was written."""
        return not self.findings


def verify(store: Store, actor: Actor) -> Check:
    """Look at every event and at every end that was noted.

    Raises:
        NotAllowed: the actor may not read the audit.
    """
    actor.require(Permission.READ_AUDIT)
    with store.reading() as session:
        noted = {*(heads.noted(store.heads) if store.heads else ()), *_sealed(session)}
        findings = audit.verify(session, *noted)
        head = audit.head(session)
        last = session.get(AuditEvent, head.sequence)
        at = _moment(last.at) if last else None
    return Check(events=head.sequence, last=at, head=head, noted=len(noted), findings=findings)


def sought(*, actor: str = "", command: str = "", day: str = "") -> Sought:
    """What is looked for, from the words of an address.

    Raises:
        UsageError: the day is none.
    """
    try:
        return Sought(actor, command, date.fromisoformat(day) if day else None)
    except ValueError as error:
        message = f"{day!r} is no day."
        raise UsageError(message, remedy="Write it as 2026-11-21.") from error


def entries(
    store: Store, actor: Actor, sought: Sought, *, most: int | None = None
) -> tuple[Entry, ...]:
    """The newest events that are looked for, the newest first; all of them without `most`.

    Raises:
        NotAllowed: the actor may not read the audit.
    """
    actor.require(Permission.READ_AUDIT)
    query = select(AuditEvent).order_by(col(AuditEvent.sequence).desc()).limit(most)
    if sought.actor:
        query = query.where(AuditEvent.actor == sought.actor)
    if sought.command:
        query = query.where(AuditEvent.command == sought.command)
    if sought.day:
        query = query.where(col(AuditEvent.at).startswith(sought.day.isoformat()))
    with store.reading() as session:
        return tuple(_entry(event) for event in session.exec(query))


def known(store: Store, actor: Actor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody who did something, and every command that was given, in order.

    Raises:
        NotAllowed: the actor may not read the audit.
    """
    actor.require(Permission.READ_AUDIT)
    with store.reading() as session:
        people = session.exec(select(AuditEvent.actor).distinct()).all()
        commands = session.exec(select(AuditEvent.command).distinct()).all()
    return tuple(sorted(people)), tuple(sorted(commands))


def _sealed(session: Session) -> set[Head]:
    """The ends that the seals of closed months hold."""
    bodies = session.exec(select(PeriodClose.body).where(PeriodClose.body != "")).all()
    found = (json.loads(body).get("audit") for body in bodies)
    return {Head(each["sequence"], each["hash"]) for each in found if each}


def _entry(event: AuditEvent) -> Entry:
    return Entry(
        event.sequence,
        _moment(event.at),
        event.actor,
        event.command,
        event.subject,
        _told(event.before),
        _told(event.after),
        event.origin,
        event.hash,
    )


def _moment(text: str) -> datetime | None:
    """The moment that stands there; None where somebody wrote something else over it."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _told(text: str) -> Any:  # noqa: ANN401 -- whatever a command told
    """What JSON says; the text itself where somebody wrote something else over it."""
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text

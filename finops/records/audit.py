"""The audit: every command is one event, and each event seals the one before it."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import col
from sqlmodel import select

from finops.core.finding import Finding
from finops.records.canonical import canonical_json
from finops.records.models import AuditEvent
from finops.records.models import REVISED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sqlmodel import Session

__all__ = ["GENESIS", "Head", "append", "at", "canonical_json", "find", "head", "verify"]

GENESIS = "0" * 64
"""What the first event seals."""

_SEALED = tuple(sorted(set(AuditEvent.model_fields) - {"previous_hash", "hash"}))


class Head(NamedTuple):
    """The last event of the audit, to be kept outside the database (minutes, close package)."""

    sequence: int
    hash: str


def head(session: Session) -> Head:
    """The last event; `Head(0, GENESIS)` where there is none."""
    seals = select(AuditEvent.sequence, AuditEvent.hash)
    last = session.exec(seals.order_by(col(AuditEvent.sequence).desc()).limit(1)).first()
    return Head(*last) if last else Head(0, GENESIS)


def at(session: Session, sequence: int) -> Head:
    """The head as it was when an event had just been added."""
    event = session.get(AuditEvent, sequence)
    return Head(sequence, event.hash) if event else Head(0, GENESIS)


def find(session: Session, key: str) -> AuditEvent | None:
    """The event that an idempotency key stands for, if it took effect."""
    return session.exec(select(AuditEvent).where(AuditEvent.key == key)).first()


def append(session: Session, event: AuditEvent) -> AuditEvent:
    """Add an event: its sequence and its seals are set here, whatever they were."""
    last = head(session)
    event.sequence = last.sequence + 1
    event.previous_hash = last.hash
    event.hash = _seal(event)
    session.add(event)
    return event


def verify(session: Session, *noted: Head) -> tuple[Finding, ...]:
    """Say where the audit was edited, shortened, extended in the middle or put in another order.

    `noted` are heads that were written down earlier outside of it; with them a cut end is found
    too, and a chain that was rebuilt as a whole. The first finding is the first event that breaks.
    """
    in_order = select(AuditEvent).order_by(col(AuditEvent.sequence))
    events = session.exec(in_order, execution_options={"yield_per": 1000})
    found = [*_walk(events, set(noted)), *_unaccounted(session, head(session).sequence)]
    return tuple(sorted(found, key=lambda one: one.line))


def _walk(events: Iterable[AuditEvent], noted: set[Head]) -> Iterator[Finding]:
    previous = Head(0, GENESIS)
    missed = noted - {previous}
    for event in events:
        if event.sequence != previous.sequence + 1:
            yield _finding("gap", event.sequence, f"event {previous.sequence + 1} is missing")
        if event.previous_hash != previous.hash:
            yield _finding("order", event.sequence, "it does not seal the event before it")
        if event.hash != _seal(event):
            yield _finding("seal", event.sequence, "it was changed after it was written")
        previous = Head(event.sequence, event.hash)
        missed.discard(previous)
    if missed:
        first = min(missed)
        reason = f"the event that was noted as {first.hash[:12]}… is not there"
        yield _finding("head", first.sequence, reason)


def _unaccounted(session: Session, last: int) -> Iterator[Finding]:
    """Rows that say they were written by a command the audit does not know."""
    for table in REVISED:
        newest = session.exec(select(func.max(table.revision))).one() or 0
        if newest > last:
            reason = f"{table.__tablename__} holds revision {newest}, the audit ends at {last}"
            yield _finding("tail", newest, reason)


def _finding(rule: str, sequence: int, reason: str) -> Finding:
    return Finding(rule=f"audit.{rule}", reason=reason, file="audit_event", line=sequence)


def _seal(event: AuditEvent) -> str:
    told = {name: getattr(event, name) for name in _SEALED}
    try:
        return sha256(f"{event.previous_hash}{canonical_json(told)}".encode()).hexdigest()
    except (TypeError, ValueError):  # Something stands there that no command can have written.
        return ""

"""What was said of savings, as it is read: the newest of each, every version, and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col
from sqlmodel import func
from sqlmodel import select

from finops.records.models import CreditLine
from finops.records.models import SavingsEntry
from finops.records.revisions import newest

if TYPE_CHECKING:
    from sqlmodel import Session


def entries(session: Session, kind: str) -> tuple[SavingsEntry, ...]:
    """The newest version of everything of a kind, in the order in which it was begun."""
    rows = (row for row in newest(session, SavingsEntry) if row.kind == kind)
    return tuple(sorted(rows, key=lambda row: (len(row.key), row.key)))


def last(session: Session, kind: str, key: str) -> SavingsEntry | None:
    """The newest version of one thing, if there is one."""
    return next(iter(reversed(versions(session, kind, key))), None)


def versions(session: Session, kind: str, key: str) -> tuple[SavingsEntry, ...]:
    """Every version of one thing, the first one first."""
    written = select(SavingsEntry).where(SavingsEntry.kind == kind, SavingsEntry.key == key)
    return tuple(session.exec(written.order_by(col(SavingsEntry.revision), col(SavingsEntry.id))))


def credit_lines(session: Session) -> tuple[CreditLine, ...]:
    """Every line of the credit ledger, in the order in which it was written."""
    return tuple(session.exec(select(CreditLine).order_by(col(CreditLine.id))))


def latest(session: Session) -> int:
    """The revision of what was said last of any saving; 0 where nothing was."""
    return session.exec(select(func.max(col(SavingsEntry.revision)))).one() or 0

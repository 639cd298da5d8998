"""What was written for review meetings, as it is read: the newest of each, or every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col
from sqlmodel import select

from finops.records.models import ReviewEntry
from finops.records.revisions import newest

if TYPE_CHECKING:
    from sqlmodel import Session


def entries(session: Session) -> tuple[ReviewEntry, ...]:
    """The newest version of everything."""
    return newest(session, ReviewEntry)


def last(session: Session, kind: str, key: str) -> ReviewEntry | None:
    """The newest version of one thing, if there is one."""
    written = select(ReviewEntry).where(ReviewEntry.kind == kind, ReviewEntry.key == key)
    order = col(ReviewEntry.revision).desc(), col(ReviewEntry.id).desc()
    return session.exec(written.order_by(*order).limit(1)).first()


def versions(session: Session, kind: str, key: str) -> tuple[ReviewEntry, ...]:
    """Every version of one thing, the first one first."""
    written = select(ReviewEntry).where(ReviewEntry.kind == kind, ReviewEntry.key == key)
    return tuple(session.exec(written.order_by(col(ReviewEntry.revision), col(ReviewEntry.id))))

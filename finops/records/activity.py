"""Activity: when each session was last used; kept up to date in place, since nobody said it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from finops.records.models import PortalActivity

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.records.store import Store


def seen(session: Session, key: str) -> datetime | None:
    """When a session was last used, as far as that was noted."""
    found = session.get(PortalActivity, key)
    return datetime.fromisoformat(found.seen) if found else None


def note(store: Store, key: str, at: datetime) -> None:
    """Note that a session is in use; a moment before the last one changes nothing."""
    with store.writing() as session:
        found = session.get(PortalActivity, key) or PortalActivity(key=key, seen="")
        found.seen = max(found.seen, at.isoformat())
        session.add(found)

"""When a session was last used."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import TYPE_CHECKING

from finops.records import activity

if TYPE_CHECKING:
    from finops.records.store import Store


def test_the_latest_use_is_kept(store: Store) -> None:
    nine = datetime(2026, 4, 1, 9, tzinfo=UTC)
    for at in (nine, nine + timedelta(hours=1), nine):
        activity.note(store, "a", at)
    with store.reading() as session:
        assert activity.seen(session, "a") == nine + timedelta(hours=1)
        assert activity.seen(session, "b") is None

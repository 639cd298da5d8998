"""What was written for review meetings: the newest of each, and every version of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.records import review
from finops.records.models import ReviewEntry

if TYPE_CHECKING:
    from finops.records.store import Store


def test_the_newest_version_holds_and_the_others_are_still_there(store: Store) -> None:
    with store.writing() as session:
        for revision, body in ((1, "a"), (2, "b")):
            session.add(
                ReviewEntry(
                    revision=revision, kind="decision", key="D1", actor="x", at="", body=body
                )
            )
    with store.reading() as session:
        assert [row.body for row in review.entries(session)] == ["b"]
        newest = review.last(session, "decision", "D1")
        assert newest
        assert newest.body == "b"
        assert review.last(session, "decision", "D2") is None
        assert [row.body for row in review.versions(session, "decision", "D1")] == ["a", "b"]

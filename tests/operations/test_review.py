"""The review meeting: which one is meant, who is there, and what is raised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finops.errors import Conflict
from finops.errors import UsageError
from finops.operations import review
from finops.operations.entries import log_of
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_without_a_meeting_it_says_how_to_make_one(opened: Workspace) -> None:
    with pytest.raises(UsageError, match="no meeting yet") as caught:
        review.meeting_of(log_of(opened))
    assert "review new" in caught.value.remedy


def test_the_next_meeting_is_meant_or_the_one_that_is_named(opened: Workspace) -> None:
    first = meeting(opened)
    second = meeting(opened, "2026-05", date(2026, 6, 24))
    log = log_of(opened)
    assert review.meeting_of(log).key == first
    assert {review.meeting_of(log, name).key for name in (second, "2026-05", "2026-06-24")} == {
        second
    }
    with pytest.raises(UsageError, match="no meeting 'M99'"):
        review.meeting_of(log, "M99")
    found = review.meeting_of(log, second)
    earlier = review.before(log, found)
    assert earlier
    assert earlier.key == first
    assert review.series_of(log, found).name == "Cost review"


def test_a_person_is_at_a_meeting_once(opened: Workspace) -> None:
    key = meeting(opened)
    here = review.Attendance(meeting=key, person="Bob", presence=review.Presence.PRESENT)
    review.attend(opened.store, **by(), entry=here)
    with pytest.raises(Conflict):
        review.attend(opened.store, **by("Ann"), entry=here)
    assert len(log_of(opened).of(review.Attendance, key)) == 1


def test_anybody_raises_what_a_page_shows(opened: Workspace) -> None:
    key = meeting(opened)
    seen = review.Raised(meeting=key, title="Disks?", page="Overview", figure="60 USD")
    review.raise_item(opened.store, **by(), entry=seen)
    assert [one.figure for one in log_of(opened).of(review.Raised, key)] == ["60 USD"]
    with pytest.raises(UsageError, match="talked about"):
        review.raise_item(opened.store, **by(), entry=review.Raised(meeting=key, title=" "))

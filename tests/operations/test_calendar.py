from __future__ import annotations

from typing import TYPE_CHECKING

from icalendar import Calendar

from finops.operations.actions import act
from finops.operations.actions import Action
from finops.operations.actions import Progress
from finops.operations.calendar import calendar
from finops.operations.calendar import uid
from finops.operations.entries import log_of
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_an_edit_keeps_the_uid_raises_the_sequence_and_what_is_done_is_taken_out(
    opened: Workspace,
) -> None:
    act(opened.store, **by(), entry=action(meeting=meeting(opened)))
    first = log_of(opened).of(Action)[0]
    done = first.model_copy(update={"progress": Progress.DONE})
    act(opened.store, **by(), entry=done)
    log = log_of(opened)
    second = log.of(Action)[0]
    assert uid(first) == uid(second)
    told = Calendar.from_ical(calendar(log, (second,), (), "2026-04, provisional"))
    event = told.walk("VEVENT")[0]
    assert int(str(event["sequence"])) == second.version > first.version
    assert str(event["status"]) == "CANCELLED"
    assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
    assert "provisional" in str(event["description"])

from __future__ import annotations

from typing import TYPE_CHECKING

from icalendar import Calendar

from finops.access.workspace import make_workspace
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
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_an_edit_keeps_the_uid_raises_the_sequence_and_what_is_done_is_taken_out(
    opened: Workspace,
) -> None:
    act(opened.store, **by(), entry=action(meeting=meeting(opened)))
    begun = log_of(opened)
    first = begun.of(Action)[0]
    done = first.model_copy(update={"progress": Progress.DONE})
    act(opened.store, **by(), entry=done)
    log = log_of(opened)
    second = log.of(Action)[0]
    assert uid(begun, first) == uid(log, second)
    told = Calendar.from_ical(calendar(log, (second,), (), "2026-04, provisional"))
    event = told.walk("VEVENT")[0]
    assert int(str(event["sequence"])) == second.version > first.version
    assert str(event["status"]) == "CANCELLED"
    assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
    assert "provisional" in str(event["description"])


def test_two_workspaces_that_count_alike_have_no_uid_in_common(
    opened: Workspace, tmp_path: Path
) -> None:
    other = make_workspace(tmp_path / "other")
    logs = []
    for workspace in (opened, other):
        act(workspace.store, **by(), entry=action(meeting=meeting(workspace)))
        logs.append(log_of(workspace))
    here, there = ((log, log.of(Action)[0]) for log in logs)
    assert here[1].key == there[1].key
    assert uid(*here) != uid(*there)
    other.close()

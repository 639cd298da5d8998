"""Meeting room: everybody's words are on every screen within two seconds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from finops.access import clock
from finops.access.roles import Role
from finops.access.workspace import open_workspace
from finops.operations.floor import Pace
from finops.portal import meeting_room
from tests.operations.room import meeting
from tests.pages import bills
from tests.portal import signing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workspace with a meeting, into which Vera signs in."""
    folder = bills.nothing(tmp_path)
    workspace = open_workspace(folder)
    meeting(workspace)
    workspace.close()
    signing.known(folder, "Vera", Role.VIEWER)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(folder))
    with signing.told(signing.written(tmp_path)):
        yield folder


def page() -> None:
    """One part of the meeting, as it runs by itself."""
    import streamlit as st  # noqa: PLC0415

    from finops.portal import meeting_room  # noqa: PLC0415

    meeting_room.look(lambda found: st.write(found.meeting.month))


def looking() -> AppTest:
    """The part before somebody who is signed in."""
    at = AppTest.from_function(page)
    at.user = signing.claims("Vera")
    return at.run()


@pytest.mark.usefixtures("house")
def test_an_open_meeting_keeps_its_session_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    at, began = looking(), clock.now()
    for minutes in (25, 50, 75):
        monkeypatch.setattr(clock, "now", lambda late=minutes: began + timedelta(minutes=late))
        assert [one.value for one in at.run().markdown] == ["2026-04"]


def test_a_part_that_runs_by_itself_shows_nothing_to_whoever_may_no_more(house: Path) -> None:
    at = looking()
    assert [one.value for one in at.markdown] == ["2026-04"]
    signing.known(house, "Vera")
    assert not at.run().markdown
    assert len(at.error) == 1


def test_what_others_wrote_is_there_within_two_seconds_and_each_pace_has_its_mark() -> None:
    assert meeting_room.EVERY < 2
    assert {pace: meeting_room.PACES[pace][0] for pace in Pace} == {
        Pace.IN_TIME: "green",
        Pace.NEARLY: "orange",
        Pace.OVER: "red",
    }

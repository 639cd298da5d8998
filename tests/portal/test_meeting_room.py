"""Meeting room: everybody's words are on every screen within two seconds."""

from __future__ import annotations

from finops.operations.floor import Pace
from finops.portal import meeting_room


def test_what_others_wrote_is_there_within_two_seconds_and_each_pace_has_its_mark() -> None:
    assert meeting_room.EVERY <= 2
    assert {pace: meeting_room.PACES[pace][0] for pace in Pace} == {
        Pace.IN_TIME: "green",
        Pace.NEARLY: "orange",
        Pace.OVER: "red",
    }

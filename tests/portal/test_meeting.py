"""Meeting: what is done with it on a day."""

from __future__ import annotations

from datetime import date

import pytest

from finops.operations.entries import Log
from finops.operations.review import Meeting
from finops.portal.meeting import Held
from finops.portal.meeting import Phase

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("today", "phase"),
    [(date(2026, 11, 23), Phase.PREPARE), (DAY, Phase.HOLD), (date(2026, 11, 25), Phase.HOLD)],
)
def test_a_meeting_is_prepared_until_its_day_and_then_held(today: date, phase: Phase) -> None:
    held = Held(Meeting(key="M1", series="S1", day=DAY, month="2026-10"), Log(()), today)
    assert held.begins_as is phase
    assert held.agenda.items == ()

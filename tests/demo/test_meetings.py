"""The demo's meetings; what they left on the record is tested where the demo is opened."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from finops.access.workspace import make_workspace
from finops.demo.company import load_company
from finops.demo.meetings import hold_meetings
from finops.demo.meetings import next_day
from finops.demo.meetings import SOON
from tests.operations.room import AT

if TYPE_CHECKING:
    from pathlib import Path


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_next_meeting_is_on_a_tuesday_within_ten_days(today: date) -> None:
    found = next_day(today)
    assert found.weekday() == 1
    assert timedelta(days=SOON) <= found - today <= timedelta(days=SOON + 6)


def test_without_a_bill_no_meeting_is_held(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    assert hold_meetings(made, load_company(), today=date(2026, 11, 21), at=AT) == ()
    made.close()

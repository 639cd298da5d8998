"""The demo's meetings; what they left on the record is tested where the demo is opened."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from finops.access.workspace import make_workspace
from finops.demo.company import load_company
from finops.demo.decided import planted
from finops.demo.meetings import hold_meetings
from finops.demo.meetings import learn
from finops.demo.meetings import next_day
from finops.demo.meetings import Room
from finops.demo.meetings import SOON
from finops.operations import decisions
from finops.operations import outcomes
from finops.operations.decisions import Frozen
from finops.operations.entries import log_of
from finops.operations.outcomes import Outcome
from finops.operations.outcomes import Result
from finops.operations.review import meeting_of
from tests.operations.room import AT
from tests.operations.room import by
from tests.operations.room import decision
from tests.operations.room import meeting

if TYPE_CHECKING:
    from pathlib import Path


NOTHING = Decimal(0)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_next_meeting_is_on_a_tuesday_within_ten_days(today: date) -> None:
    found = next_day(today)
    assert found.weekday() == 1
    assert timedelta(days=SOON) <= found - today <= timedelta(days=SOON + 6)


def test_without_a_bill_no_meeting_is_held(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    assert hold_meetings(made, load_company(), today=date(2026, 11, 21), at=AT) == ()
    made.close()


def test_whoever_owns_a_scored_decision_says_why_it_turned_out_so(tmp_path: Path) -> None:
    made, company = make_workspace(tmp_path), load_company()
    told = [one.told for one in planted(company)]
    held = meeting(made)
    base = Frozen(month="2026-04", amount=Decimal(900), currency="USD", snapshot="1-ab")
    for one in told:
        asked = decision(meeting=held, question=one["question"], owner=one["owner"], baseline=base)
        key = decisions.decide(made.store, **by(), entry=asked).key
        scored = Outcome(
            key=key,
            meeting=held,
            result=Result.MISS,
            expected=NOTHING,
            effect=NOTHING,
            measured=base,
        )
        outcomes.score(made.store, **by(), entry=scored)
    room = Room(made, company, (), AT)
    learn(room, meeting_of(log_of(made), held))
    found = [(one.why, one.lesson, one.by) for one in log_of(made).of(Outcome)]
    said = [one["learned"] for one in told[:2]]
    assert found[:2] == [(said[i]["why"], said[i]["lesson"], told[i]["owner"]) for i in (0, 1)]
    assert found[2] == ("", "", "Ann")
    made.close()

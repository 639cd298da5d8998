"""Where a statement stands, told from words and closes alone."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from finops.operations.disputes import Settlement
from finops.operations.entries import Log
from finops.operations.standing import closed_on
from finops.operations.standing import Known
from finops.operations.standing import name
from finops.operations.standing import standing
from finops.operations.standing import Terms
from finops.operations.standing import unheard
from finops.operations.standing import waits
from finops.operations.standing import Word
from finops.records.closings import Closing
from finops.records.closings import Event
from finops.records.models import ReviewEntry

if TYPE_CHECKING:
    from finops.operations.standing import Standing

SCOPE, MONTH = "x_Team=search", "2026-04"
TERMS = Terms(quiet_days=10, quiet_months=1)


def row(kind: str, key: str, day: int, **body: object) -> ReviewEntry:
    usual = {"scope": SCOPE, "month": MONTH, "currency": "USD"}
    at = f"2026-05-{day:02}T09:00:00+00:00"
    text = json.dumps({**usual, **body})
    return ReviewEntry(revision=day, kind=kind, key=key, actor="ines", at=at, body=text)


def yes(day: int, digest: str = "d") -> ReviewEntry:
    return row("acceptance", name(SCOPE, MONTH), day, total="60", digest=digest)


def no(day: int, settlement: Settlement = Settlement.OPEN) -> ReviewEntry:
    told = {"line": "Tax", "amount": "1", "reason": "why", "settlement": settlement}
    return row("dispute", "X1", day, **told)


def close(day: int, event: Event = Event.CLOSED) -> Closing:
    at = f"2026-05-{day:02}T09:00:00+00:00"
    return Closing("", MONTH, event, 1, "", "", "Ann", "Bob", at, day)


def known(
    *rows: ReviewEntry, today: int = 12, closings: tuple[Closing, ...] = (close(5),)
) -> Known:
    return Known(Log(rows), closings, date(2026, 5, today), TERMS)


def stands(*rows: ReviewEntry, today: int = 12, digest: str = "d") -> Standing:
    return standing(known(*rows, today=today), SCOPE, MONTH, digest=digest)


def test_the_last_day_to_object_is_the_tenth_after_the_close() -> None:
    assert [stands(today=day).word for day in (15, 16)] == [Word.WAITING, Word.SILENT]
    assert stands().until == date(2026, 5, 15)


def test_a_yes_counts_for_the_figures_that_it_was_said_to() -> None:
    assert (stands(yes(6)).word, stands(yes(6)).day) == (Word.ACCEPTED, date(2026, 5, 6))
    other = stands(yes(6), digest="other")
    assert (other.word, other.moved) == (Word.WAITING, True)


def test_a_dispute_stops_silence_until_it_is_answered_and_begins_it_anew() -> None:
    assert stands(yes(6), no(7), today=30).word is Word.DISPUTED
    answered = stands(yes(6), no(11, Settlement.REFUSED), today=20)
    assert (answered.word, answered.until) == (Word.WAITING, date(2026, 5, 21))
    assert stands(yes(6), no(11, Settlement.WITHDRAWN)).word is Word.ACCEPTED
    assert stands(no(8, Settlement.AGREED), yes(9)).word is Word.ACCEPTED


def test_nothing_is_silent_about_a_month_that_is_not_closed() -> None:
    asked = known(today=30, closings=(close(5, Event.REOPENED),))
    assert closed_on(asked.closings, MONTH) is None
    assert standing(asked, SCOPE, MONTH).word is Word.OPEN
    assert unheard(asked, SCOPE, MONTH) == (MONTH,)
    assert waits(asked, SCOPE, (MONTH,)) == (
        "search has not agreed to 2026-04; 1 months in a row are asked",
    )
    assert unheard(known(yes(6)), SCOPE, MONTH) == waits(asked, SCOPE, ()) == ()

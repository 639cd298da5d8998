"""An event of the 14th beside its team's usage: 10 a day before it, 13 from it on."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal

from finops.ingestion.events import Event
from finops.ingestion.events import EventKind
from finops.measures.window import Window
from finops.operations.beside import EVERYBODY
from finops.operations.beside import happened
from finops.operations.beside import usage_of
from finops.operations.spans import Span

LAUNCH = date(2026, 10, 14)
DAYS = [date(2026, 10, 1) + timedelta(days=place) for place in range(20)]
ROWS = [
    *((str(day), "search", "Usage", Decimal(10 if day < LAUNCH else 13)) for day in DAYS),
    *((str(day), "ads", "Usage", Decimal(1)) for day in DAYS),
    ("2026-10-14", "search", "Purchase", Decimal(900)),
]
OCTOBER = Window(date(2026, 10, 1), date(2026, 11, 1))
THROUGH = date(2026, 10, 21)


def event(team: str, day: date = LAUNCH) -> Event:
    return Event(day=day, team=team, service="", kind=EventKind.LAUNCH, text="Launch")


def test_an_event_stands_beside_its_teams_usage_and_never_beside_a_fee() -> None:
    (found,) = happened([event("search")], Span("", "2026-10", OCTOBER), usage_of(ROWS), THROUGH)
    assert (found.before, found.after) == (Decimal(10), Decimal(13))


def test_what_is_everybodys_stands_beside_all_usage_and_is_each_teams() -> None:
    events = [event("search"), event(EVERYBODY), event("ads")]
    found = happened(events, Span("ads", "2026-10", OCTOBER), usage_of(ROWS), THROUGH)
    before = {one.event.team: one.before for one in found}
    assert before == {EVERYBODY: Decimal(11), "ads": Decimal(1)}


def test_days_without_charges_are_left_out_and_of_none_nothing_is_told() -> None:
    early, late = event("search", date(2026, 10, 1)), event("search", date(2026, 10, 31))
    span = Span("search", "2026-10", OCTOBER)
    found = happened([early, late, event("ads")], span, usage_of(ROWS), THROUGH)
    assert [(one.before, one.after) for one in found] == [(None, Decimal(10)), (None, None)]

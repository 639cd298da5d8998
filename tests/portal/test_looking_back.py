"""A look back in a sentence and in tables, with what is not known said as such."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.ingestion.events import Event
from finops.ingestion.events import EventKind
from finops.measures.causes import Cause
from finops.measures.variance import Step
from finops.measures.window import Window
from finops.operations.beside import Beside
from finops.operations.retrospective import Retrospective
from finops.operations.spans import Span
from finops.portal.looking_back import events
from finops.portal.looking_back import sentence
from finops.portal.looking_back import steps

SPRINT = Window(date(2026, 10, 12), date(2026, 10, 26))
LAUNCH = Event(day=date(2026, 10, 14), team="", service="", kind=EventKind.LAUNCH, text="$x$")
FOUND = Retrospective(
    span=Span("search", "Sprint 7", SPRINT),
    before=Window(date(2026, 9, 28), date(2026, 10, 12)),
    currency="USD",
    start=Decimal(100),
    end=Decimal(130),
    steps=(Step(Cause.VOLUME, Decimal(20)), Step(Cause.TAX, Decimal(10))),
    units=(),
    events=(Beside(LAUNCH, Decimal(4), Decimal(5)), Beside(LAUNCH, None, Decimal(5))),
    decided=(),
    through=date(2026, 10, 21),
    snapshot="1-abc",
)


def test_it_says_what_the_days_cost_what_is_use_and_that_days_lack() -> None:
    told = sentence(FOUND).replace("\\", "").replace("\u00a0", " ")
    assert told == (
        "**Sprint 7 cost 130.00 USD, +30.00 USD against the 14 days before**; +20.00 USD of it is "
        "more or less use. 2 events happened. Charges reach to 20 Oct 2026: days lack."
    )


def test_an_event_stands_beside_a_day_before_and_after_it_where_both_are_known() -> None:
    columns = events(FOUND).columns
    assert list(columns["Change"]) == ["+25.0\u00a0%", "n/a"]
    assert list(columns["Team"]) == ["everybody", "everybody"]
    assert list(steps(FOUND).columns["Cause"]) == ["Volume", "Tax"]

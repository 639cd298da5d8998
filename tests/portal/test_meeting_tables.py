"""Meeting tables: amounts with their sign and currency, and what lacks said to lack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.workspace import make_workspace
from finops.operations.commentary import Commentary
from finops.operations.entries import Log
from finops.operations.entries import log_of
from finops.operations.material import Item
from finops.operations.outcomes import Outcome
from finops.operations.review import Meeting
from finops.portal import meeting_tables
from finops.portal.meeting import Held
from finops.records.canonical import canonical_json
from finops.records.models import ReviewEntry
from tests.operations.room import decided
from tests.operations.room import meeting
from tests.operations.room import spring

if TYPE_CHECKING:
    from pathlib import Path


BROUGHT = {"expected": -300, "effect": -270, "measured": {"month": "2026-05", "amount": 630,
           "currency": "USD", "snapshot": "s"}, "result": "hit"}  # fmt: skip


def test_an_item_has_its_amount_with_its_currency() -> None:
    table = meeting_tables.items((Item(source="s", title="t", amount=Decimal(-5), currency="USD"),))
    assert table.columns["Amount"] == ["\u22125.00\u00a0USD"]
    assert table.columns["Owner"] == ["n/a"]


def test_what_a_meeting_opens_with_is_not_told_twice() -> None:
    table = meeting_tables.items((Item(source="outcomes", title="t", detail="D1: -270 of -300"),))
    assert table.columns["Detail"] == ["one by one above"]


def test_an_item_tells_its_month_in_words() -> None:
    table = meeting_tables.items((Item(source="periods", title="2026-09 is not closed"),))
    assert table.columns["Item"] == ["September 2026 is not closed"]


def test_an_outcome_stands_beside_what_was_chosen(tmp_path: Path) -> None:
    opened = make_workspace(tmp_path / "own")
    spring(opened, tmp_path / "spring.csv")
    key = decided(opened, meeting(opened))
    found = (Outcome.model_validate({**BROUGHT, "key": key}),)
    table = meeting_tables.ahead(log_of(opened), found)
    assert table.columns["Decision"] == ["Switch it off"]
    assert table.columns["Month"] == ["May 2026"]
    assert table.columns["Off by"] == ["+30.00\u00a0USD"]
    assert table.columns["Scored"] == ["at the next meeting"]
    opened.close()


def test_a_request_says_who_is_asked_and_by_when_until_it_is_answered() -> None:
    told: dict[str, object] = {
        "key": "C1",
        "meeting": "M1",
        "team": "search",
        "month": "2026-10",
        "currency": "USD",
    }
    told |= {"due": date(2026, 11, 22), "change": Decimal(9), "start": Decimal(1)}
    asked = Commentary.model_validate(told | {"owner": "Ines"})
    answered = Commentary.model_validate(
        told | {"key": "C2", "cause": "Orders", "lasting": "lasting"}
    )
    held = Meeting(key="M1", series="S1", day=date(2026, 11, 24), month="2026-10")
    rows = tuple(
        ReviewEntry(
            revision=place, kind="commentary", key=one.key, meeting="M1", actor="Ann", at="",
            body=canonical_json(one.words()),
        )
        for place, one in enumerate((asked, answered))
    )  # fmt: skip
    table = meeting_tables.requests(Held(held, Log(rows), date(2026, 11, 20)))
    assert table.columns["Team"] == ["search, Ines", "search"]
    assert table.columns["Answer"] == ["unanswered, due 22 Nov", "Orders (lasting)"]

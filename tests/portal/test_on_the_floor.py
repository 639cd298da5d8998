"""On the floor: the room reads what the bill says, and what the owner answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from finops.operations.commentary import Commentary
from finops.operations.decisions import Decision
from finops.operations.entries import Log
from finops.operations.material import Item
from finops.operations.outcomes import Outcome
from finops.operations.review import Meeting
from finops.portal.meeting import Held
from finops.records.canonical import canonical_json
from finops.records.models import ReviewEntry

if TYPE_CHECKING:
    from finops.operations.entries import Entry

MEETING = Meeting(key="M1", series="S1", day=date(2026, 11, 24), month="2026-10")
ASKED = {
    "key": "C1",
    "meeting": "M1",
    "team": "search",
    "month": "2026-10",
    "currency": "USD",
    "due": date(2026, 11, 22),
    "change": Decimal(9),
    "start": Decimal(1),
    "owner": "Ines",
}
ROSE = Item(
    source="variances",
    title="search rose by 4%",
    detail="volume +9 in 2026-10",
    amount=Decimal(4096),
    currency="USD",
    scope="x_Team=search",
    owner="Ines",
)
OPENS = Item(source="outcomes", title="What earlier decisions brought: 1 partial", detail="long")


def held(*entries: Entry) -> Held:
    """A meeting with what was written for it."""
    rows = tuple(
        ReviewEntry(
            revision=place, kind=one.kind, key=one.key, meeting="M1", actor="Ann", at="",
            body=canonical_json(one.words()),
        )
        for place, one in enumerate(entries)
    )  # fmt: skip
    return Held(MEETING, Log(rows), date(2026, 11, 24))


def page(found: object, item: object) -> None:
    """Runs by its source alone, so it names nothing from outside."""
    from typing import Any  # noqa: PLC0415
    from typing import cast  # noqa: PLC0415

    from finops.portal import on_the_floor  # noqa: PLC0415

    on_the_floor.draw(cast("Any", found), cast("Any", item))


def drawn(found: Held, item: Item) -> AppTest:
    at = AppTest.from_function(page, args=(found, item)).run()
    assert not at.exception
    return at


def test_a_variance_stands_with_its_amount_and_what_its_owner_says_of_it() -> None:
    said = {"cause": "Orders grew", "lasting": "lasting", "next_step": "look at shards"}
    title, amount, told = drawn(held(Commentary.model_validate(ASKED | said)), ROSE).markdown
    assert title.value == r"## search rose by 4\%"
    assert amount.value.startswith(r"### \+4\.1K")
    assert r"volume \+9 in October 2026" in told.value
    assert r"Ines\: Orders grew \(lasting\)\. Next\: look at shards\." in told.value


def test_what_nobody_answered_names_who_was_asked() -> None:
    told = drawn(held(Commentary.model_validate(ASKED)), ROSE).markdown[-1].value
    assert told.endswith("Ines")


def test_the_meeting_opens_with_a_table_of_what_decisions_brought_and_why() -> None:
    decided = Decision(key="D1", meeting="M0", question="Both?", choice="Keep one", owner="Ines")
    base = {"month": "2026-09", "amount": 630, "currency": "USD", "snapshot": "s"}
    told = {"key": "D1", "meeting": "M1", "expected": -300, "effect": -120, "measured": base}
    scored = Outcome.model_validate(
        {**told, "result": "partial", "why": "One is left.", "lesson": "Ask first"}
    )
    at = drawn(held(decided, scored), OPENS)
    (table,) = at.table
    assert table.value.to_dict("records")[0]["Result"] == "partial"
    assert at.markdown[-1].value == r"- **Keep one**: One is left\. Ask first\."
    assert not any("long" in one.value for one in at.markdown)

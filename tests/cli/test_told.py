"""Where a statement stands, in a sentence that a person understands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finops.cli.told import document
from finops.cli.told import stands
from finops.operations.disputes import Dispute
from finops.operations.standing import Standing
from finops.operations.standing import Word
from finops.operations.telling import Told
from finops.reporting.statement import Statement

NOTHING = Decimal(0)
STATEMENT = Statement(
    team="search", scope="x_Team=search", period="2026-04", currency="USD", snapshot="s",
    measure="EffectiveCost", lines=(), total=NOTHING, before=NOTHING, own=NOTHING,
    own_before=NOTHING, budget=None,
)  # fmt: skip
DAY = date(2026, 5, 15)
WRONG = Dispute(
    scope="x_Team=search", month="2026-04", line="Tax", amount=NOTHING, currency="USD", reason="why"
)


def told(word: Word, **other: object) -> Told:
    of = Standing(scope="x_Team=search", month="2026-04", word=word, **other)  # type: ignore[arg-type]
    return Told(statement=STATEMENT, state="closed", owner="Ines", standing=of, lacks=("time",))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (told(Word.OPEN), "To be accepted by Ines once the month is closed."),
        (told(Word.WAITING, until=DAY), "Waiting for Ines; silence accepts it after 2026-05-15."),
        (told(Word.SILENT, until=DAY), "Accepted by silence since 2026-05-15."),
        (told(Word.ACCEPTED, by="ines", day=DAY), "Accepted by ines on 2026-05-15."),
        (told(Word.DISPUTED, disputes=(WRONG,)), "Disputed: Tax."),
        (told(Word.WAITING, until=DAY, moved=True), "What was accepted had other figures."),
    ],
)
def test_each_standing_is_a_sentence(found: Told, said: str) -> None:
    assert said in stands(found)


def test_the_document_says_who_is_asked_and_what_a_chargeback_lacks() -> None:
    found = document(told(Word.OPEN))
    assert found["owner"] == "Ines"
    assert found["chargeback"] == {"ready": False, "lacks": ("time",)}

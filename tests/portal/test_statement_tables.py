"""Tables of statements: lines that add up, standings in words, a rule that moves nothing in all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finops.allocation.preview import Preview
from finops.dataset.moves import Move
from finops.operations.standing import Standing
from finops.operations.standing import Word
from finops.operations.telling import Told
from finops.portal import statement_tables
from finops.reporting.statement import Line
from finops.reporting.statement import Statement

STATEMENT = Statement(
    team="search", scope="x_Team=search", period="2026-05", currency="USD", snapshot="s",
    measure="EffectiveCost", total=Decimal("60.005"), before=Decimal(75), own=Decimal("60.005"),
    own_before=Decimal(75), budget=Decimal(80),
    lines=(Line(kind="direct", says="Direct cost", amount=Decimal("60.005"), before=Decimal(75)),),
)  # fmt: skip
STANDING = Standing(
    scope="x_Team=search", month="2026-05", word=Word.WAITING, until=date(2026, 6, 13)
)
TOLD = Told(
    statement=STATEMENT, called="search", state="closed", owner="Ines", standing=STANDING,
    lacks=("late", "search has not agreed to 2026-05"), unheard=("2026-05",),
)  # fmt: skip


def move(month: str, target: str, amount: int, dimension: str = "x_Team") -> Move:
    return Move(
        month=month, dimension=dimension, source="search", target=target, currency="USD",
        billed=Decimal(0), effective=Decimal(amount), charges=1,
    )  # fmt: skip


def test_the_lines_end_in_their_sum_as_it_is_posted() -> None:
    found = statement_tables.lines(TOLD).columns
    assert found["Line"] == ["Direct cost", "Total"]
    assert found["May 2026 (USD)"] == [Decimal("60.00"), Decimal("60.00")]
    assert found["Change (USD)"] == [Decimal("-15.00")] * 2


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (Word.WAITING, "It waits for Ines; silence accepts it after 13 Jun 2026."),
        (Word.SILENT, "Nobody objected until 13 Jun 2026, so it is accepted."),
        (Word.DISPUTED, "A line of it is disputed."),
        (Word.OPEN, "Ines is asked to accept it once the month is closed."),
    ],
)
def test_where_a_statement_stands_is_a_sentence(word: Word, said: str) -> None:
    told = replace(TOLD, standing=replace(STANDING, word=word))
    assert statement_tables.stands(told) == said
    moved = replace(TOLD, standing=replace(STANDING, moved=True))
    assert statement_tables.stands(moved).endswith("What was accepted before had other figures.")


def test_the_standing_of_all_says_since_when_and_which_months_are_not_agreed_to() -> None:
    found = statement_tables.standings((TOLD, replace(TOLD, unheard=()))).columns
    assert found["Standing"] == ["waiting", "waiting"]
    assert found["Since or until"] == ["13 Jun 2026", "13 Jun 2026"]
    assert found["Yet to agree to"] == ["May 2026", "nothing"]


def test_a_proposed_rule_is_a_column_a_month_of_teams_alone() -> None:
    moves = (move("2026-05", "data", 60), move("2026-04", "web", 5))
    center = move("2026-05", "CC-1", 9, "x_CostCenter")
    told = Preview(currency="USD", changes=(), moves=(*moves, center), closed=())
    found = statement_tables.proposal(told).columns
    assert found["Team"] == ["data", "search", "web"]
    assert found["May 2026 (USD)"] == [60, -60, None]
    assert found["April 2026 (USD)"] == [None, -5, 5]


def test_a_budget_is_of_the_own_charges() -> None:
    said = statement_tables.budget(TOLD).replace("\u00a0", " ")
    assert said.startswith("Its own charges are 60.00 USD of a budget of 80.00 USD (75.0 %)")
    assert statement_tables.budget(replace(TOLD, statement=replace(STATEMENT, budget=None))) == ""

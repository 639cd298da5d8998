"""Decisions: what their kind needs, and the figure that they are measured against, frozen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.errors import UsageError
from finops.operations import decisions
from finops.operations.decisions import Decision
from finops.operations.decisions import Kind
from finops.operations.entries import log_of
from tests.operations.room import by
from tests.operations.room import DAY
from tests.operations.room import decided
from tests.operations.room import decision
from tests.operations.room import meeting
from tests.operations.room import spring

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"question": " "}, "needs its question"),
        ({"choice": ""}, "what was chosen"),
        ({"owner": ""}, "needs an owner"),
        ({"expected": Decimal(300)}, "below zero"),
        ({"purpose": Kind.INVEST}, "above zero"),
        ({"scope": ""}, "scope that will show it"),
        ({"supersedes": "D9"}, "no decision 'D9'"),
    ],
)
def test_a_decision_says_what_it_is_about(
    opened: Workspace, other: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        decisions.decide(opened.store, **by(), entry=decision(**other))
    assert log_of(opened).of(Decision) == ()


def test_what_is_accepted_needs_neither_amount_nor_owner(opened: Workspace) -> None:
    entry = decision(purpose=Kind.ACCEPT, expected=Decimal(0), owner="", scope="")
    decisions.decide(opened.store, **by(), entry=entry)
    assert not log_of(opened).of(Decision)[0].scored


def test_the_last_closed_month_before_the_meeting_is_frozen(
    opened: Workspace, tmp_path: Path
) -> None:
    spring(opened, tmp_path / "spring.csv")
    decided(opened, meeting(opened))
    found = log_of(opened).of(Decision)[0]
    assert found.scored
    assert found.baseline
    assert (found.baseline.month, found.baseline.amount) == ("2026-04", Decimal(900))
    assert found.baseline.per_day == 30


def test_nothing_is_frozen_before_a_month_is_closed(opened: Workspace, tmp_path: Path) -> None:
    spring(opened, tmp_path / "spring.csv")
    with pytest.raises(UsageError, match="No month is closed"):
        decisions.freeze(opened.dataset(), (), decision(), day=DAY)

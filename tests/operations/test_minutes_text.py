"""Minutes text: a reader who was not there finds what was decided, by whom, and what came of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.operations import actions
from finops.operations import decisions
from finops.operations import minutes_text
from finops.operations import outcomes
from finops.operations import review
from finops.operations.decisions import Frozen
from finops.operations.decisions import Option
from finops.operations.entries import log_of
from finops.operations.outcomes import Outcome
from finops.operations.outcomes import Result
from tests.operations.room import action
from tests.operations.room import AT
from tests.operations.room import by
from tests.operations.room import decision
from tests.operations.room import meeting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace

BASE = Frozen(month="2026-04", amount=Decimal(900), currency="USD", snapshot="3-ab")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path / "review")
    yield workspace
    workspace.close()


def told(workspace: Workspace, key: str) -> list[str]:
    log = log_of(workspace)
    return list(minutes_text.body(log, review.meeting_of(log, key), today=AT.date()))


def test_a_decision_stands_with_its_options_their_effect_and_the_figure_it_is_held_to(
    opened: Workspace,
) -> None:
    held = meeting(opened)
    options = (Option(text="Switch it off", effect=Decimal(-300)), Option(text="Wait"))
    entry = decision(
        meeting=held, baseline=BASE, options=options, drivers=("cost", "risk"), deciders=("Ann",)
    )
    key = decisions.decide(opened.store, **by(), entry=entry).key
    actions.act(opened.store, **by(), entry=action(meeting=held, next_step="ask Bob"))
    lines = told(opened, held)
    assert lines[2] == (
        "**1 decision, expected to change a month's cost by -300.00 USD; "
        "1 action agreed on, 0 carried over.**"
    )
    place = lines.index(f"### {key}: Switch it off")
    assert "- Question: Do we need the second replica?" in lines[place:]
    assert "- Frozen: 900.00 USD in 2026-04, snapshot 3-ab" in lines
    assert "- Drivers: cost; risk" in lines
    assert "| Switch it off | -300.00 USD |" in lines
    assert "| Wait |  |" in lines
    assert any("| Switch off | Ines Moreau | 2026-06-14 | open | ask Bob |" in one for one in lines)


def test_outcomes_name_the_decision_and_how_far_off_it_was(opened: Workspace) -> None:
    first, second = meeting(opened), meeting(opened, "2026-05", day=AT.date())
    entry = decision(meeting=first, baseline=BASE)
    key = decisions.decide(opened.store, **by(), entry=entry).key
    scored = Outcome(
        key=key,
        meeting=second,
        result=Result.PARTIAL,
        expected=Decimal(-300),
        effect=Decimal("-120.456"),
        measured=BASE,
        why="One is left",
    )
    outcomes.score(opened.store, **by(), entry=scored)
    lines = told(opened, second)
    assert lines[2].endswith(
        "Earlier decisions: 1 partial; -120.46 USD a month of -300.00 USD expected."
    )
    row = f"| {key} Switch it off | **partial** | -300.00 USD | -120.46 USD | +179.54 USD | 2026-04"
    assert any(one.startswith(row) and "One is left" in one for one in lines)


def test_a_meeting_at_which_nothing_was_said_says_so(opened: Workspace) -> None:
    lines = told(opened, meeting(opened))
    assert lines[2] == "**0 decisions; 0 actions agreed on, 0 carried over.**"
    assert lines[lines.index("## Decisions") + 2] == "None."

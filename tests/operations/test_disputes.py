"""A line that is disputed: two owners agree on what is right, and nothing is overwritten."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.operations.disputes import Answer
from finops.operations.disputes import answer
from finops.operations.disputes import Dispute
from finops.operations.disputes import Settlement
from finops.operations.entries import log_of
from finops.operations.standing import Word
from finops.operations.telling import accept
from finops.operations.telling import dispute
from finops.operations.telling import Objection
from finops.operations.telling import previewed
from tests.invoicing.bill import AT
from tests.operations.owned import call
from tests.operations.owned import closed
from tests.operations.owned import market
from tests.operations.owned import told

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

WRONG = Objection("direct", "the disks are of data", rule={
    "id": "disks", "when": {"service": "VM"}, "then": {"x_Team": "data"},
})  # fmt: skip


def settle(workspace: Workspace, key: str, how: Settlement, name: str, **other: object) -> None:
    there = log_of(workspace).find(Dispute, key)
    assert there
    entry = Answer(key=key, version=there.version, settlement=how, text="because")
    answer(workspace.store, **call(name, **other), answer=entry)  # type: ignore[arg-type]


def test_a_dispute_shows_what_its_rule_would_do_and_needs_both_owners(
    opened: Workspace, tmp_path: Path
) -> None:
    market(opened, tmp_path / "a.csv")
    closed(opened, "2026-04")
    kept = dispute(opened, told(opened), WRONG, call=call("ines"))
    there = log_of(opened).find(Dispute, kept.key)
    assert there
    assert (there.line, there.amount, there.to) == ("Direct cost", Decimal(60), "data")
    found = previewed(opened, opened.dataset(), there)
    assert found
    nets = {net.value: net.effective for net in found.nets if net.dimension == "x_Team"}
    assert nets == {"search": Decimal(-60), "data": Decimal(60)}
    assert found.zero == 0
    with pytest.raises(Conflict, match="is disputed"):
        accept(opened, told(opened), call=call("ines"))
    with pytest.raises(NotAllowed, match="another owner answers"):
        settle(opened, kept.key, Settlement.AGREED, "ines")
    with pytest.raises(NotAllowed, match="does not answer for data"):
        settle(opened, kept.key, Settlement.AGREED, "somebody")
    settle(opened, kept.key, Settlement.AGREED, "kenji", at=AT + timedelta(days=3))
    now = told(opened).standing
    assert (now.word, now.until) == (Word.WAITING, AT.date() + timedelta(days=13))
    assert [one.answer for one in now.disputes] == ["because"]
    with pytest.raises(Conflict, match="was agreed by kenji"):
        settle(opened, kept.key, Settlement.REFUSED, "kenji")


def test_who_raised_a_dispute_withdraws_it_and_what_was_accepted_stands(
    opened: Workspace, tmp_path: Path
) -> None:
    market(opened, tmp_path / "a.csv")
    closed(opened, "2026-04")
    accept(opened, told(opened), call=call("ines"))
    said = Objection("Direct cost", "too much")
    kept = dispute(opened, told(opened), said, call=call("ines"))
    assert told(opened).standing.word is Word.DISPUTED
    with pytest.raises(NotAllowed, match="who alone withdraws it"):
        settle(opened, kept.key, Settlement.WITHDRAWN, "kenji")
    settle(opened, kept.key, Settlement.WITHDRAWN, "ines")
    assert told(opened).standing.word is Word.ACCEPTED


def test_without_a_rule_whoever_runs_the_review_answers(opened: Workspace, tmp_path: Path) -> None:
    market(opened, tmp_path / "a.csv")
    found = told(opened)
    kept = dispute(opened, found, Objection("direct", "why"), call=call("ines"))
    with pytest.raises(NotAllowed, match="may not run the review"):
        settle(opened, kept.key, Settlement.REFUSED, "kenji")
    settle(opened, kept.key, Settlement.REFUSED, "simon", roles=(Role.FINOPS,))
    assert previewed(opened, opened.dataset(), log_of(opened).of(Dispute)[0]) is None
    entry = Answer(key="X0", version=0, settlement=Settlement.REFUSED, text="no")
    with pytest.raises(UsageError, match="no dispute 'X0'"):
        answer(opened.store, actor=local_actor(), at=AT, origin="test", answer=entry)

"""Who sees a part of the cost has before them what of a meeting is about it, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.core.scope import LOCAL
from finops.core.scope import Viewer
from finops.errors import NotAllowed
from finops.operations import minutes
from finops.operations.actions import act
from finops.operations.actions import Action
from finops.operations.agenda import Pack
from finops.operations.comments import Comment
from finops.operations.comments import comment
from finops.operations.decisions import decide
from finops.operations.decisions import Decision
from finops.operations.decisions import Kind
from finops.operations.entries import Log
from finops.operations.entries import log_of
from finops.operations.review import attend
from finops.operations.review import Attendance
from finops.operations.review import change_meeting
from finops.operations.review import Meeting
from finops.operations.review import meeting_of
from finops.operations.review import raise_item
from finops.operations.review import Raised
from finops.operations.review import State
from finops.operations.review import state
from finops.operations.sight import sight_of
from finops.operations.sight import within
from finops.records.canonical import canonical_json
from finops.records.models import ReviewEntry
from tests.operations.room import by
from tests.operations.room import meeting

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

BEA = Viewer("Bea", sees=(("x_Team", frozenset({"search"})),))
TODAY = date(2026, 6, 24)


def choice(held: str, what: str, **other: object) -> Decision:
    told = {"question": "Q?", "purpose": Kind.ACCEPT, "choice": what, **other}
    return Decision.model_validate({"meeting": held, **told})


def full(workspace: Workspace) -> str:
    """A meeting with decisions and actions of two teams, and of nobody in particular."""
    held = meeting(workspace)
    there = meeting_of(log_of(workspace), held)
    change_meeting(workspace.store, **by(), entry=there.model_copy(update={"notes": "of ml"}))
    attend(workspace.store, **by(), entry=Attendance(meeting=held, person="Mel of ml"))
    for what, told in (
        ("ours", {"scope": "x_Team=search"}),
        ("ours by team", {"team": "search"}),
        ("theirs", {"scope": "x_Team=ml"}),
        ("ours, shown by theirs", {"team": "search", "scope": "x_Team=ml"}),
        ("everybody's", {}),
    ):
        kept = decide(workspace.store, **by(), entry=choice(held, what, **told))
        action = Action(
            meeting=held, title=f"for {what}", owner="Bea", due=TODAY, decision=kept.key
        )
        act(workspace.store, **by(), entry=action)
    for owner in ("Bea", "Mel"):
        act(workspace.store, **by(), entry=Action(
            meeting=held, title=f"of {owner}", owner=owner, due=TODAY))  # fmt: skip
    return held


def test_decisions_and_actions_of_the_own_part_are_seen_and_no_others(opened: Workspace) -> None:
    """A decision about two parts is about both; what somebody is to do is theirs to see."""
    full(opened)
    log = log_of(opened)
    assert within(log, LOCAL, set()) is log
    seen = within(log, BEA, {"Bea"})
    assert [one.choice for one in seen.of(Decision)] == ["ours", "ours by team"]
    assert [one.title for one in seen.of(Action)] == ["for ours", "for ours by team", "of Bea"]
    assert seen.of(Attendance) == ()
    assert [one.notes for one in seen.of(Meeting)] == [""]
    assert [one.notes for one in log.of(Meeting)] == ["of ml"]


def test_final_minutes_are_known_to_be_final_and_not_read(opened: Workspace) -> None:
    held = full(opened)
    minutes.close(opened.store, **by(), meeting=held, seen="", today=TODAY)
    seen = within(log_of(opened), BEA, {"Bea"})
    assert state(seen, held) is State.FINAL
    told = minutes.told(seen, held, today=TODAY)
    assert (told.markdown, told.html, told.sha256) == ("", "", "")


def test_a_pack_is_read_item_by_item_and_what_names_nothing_is_left_out() -> None:
    items = [
        {"source": "variances", "title": scope, "scope": scope, "amount": "1"}
        for scope in ("x_Team=search", "x_Team=ml", "")
    ]
    row = Pack(snapshot=1, snapshot_id="s", items=()).words() | {"items": items}
    told = log_of_row("pack", row)
    (pack,) = within(told, BEA, set()).of(Pack)
    assert [one.title for one in pack.items] == ["x_Team=search"]
    assert pack.items[0].amount == Decimal(1)


def test_who_sees_a_part_writes_about_that_part() -> None:
    assert sight_of(BEA) == "x_Team=search"
    assert sight_of(LOCAL) == ""
    scope = f"2026-10; EffectiveCost; {sight_of(BEA)}"
    log = log_of_row("raised", Raised(title="Mine", scope=scope).words())
    assert [one.title for one in within(log, BEA, set()).of(Raised)] == ["Mine"]


def test_what_is_raised_or_said_names_nothing_that_is_kept_from_who_writes_it(
    opened: Workspace,
) -> None:
    held = meeting(opened)
    bea = Actor("Bea", frozenset({Role.ENGINEER}), sees=BEA.sees)
    kept_out = Actor("Kim", frozenset({Role.ENGINEER}), hidden=(("x_Team", frozenset({"ml"})),))
    theirs = "2026-10; x_Team=search; x_Team=ml"
    for who in (bea, kept_out):
        call = {**by(), "actor": who}
        with pytest.raises(NotAllowed, match="does not see 'ml'"):
            raise_item(opened.store, **call, entry=Raised(meeting=held, title="A", scope=theirs))
        with pytest.raises(NotAllowed, match="does not see 'ml'"):
            comment(opened.store, **call, entry=Comment(meeting=held, text="A", scope=theirs))
        for scope in ("2026-10; x_Team=search; SubAccountName=shop", "2026-10"):
            raise_item(opened.store, **call, entry=Raised(meeting=held, title="B", scope=scope))
            comment(opened.store, **call, entry=Comment(meeting=held, text="B", scope=scope))
    assert [one.title for one in log_of(opened).of(Raised)] == ["B"] * 4


def log_of_row(kind: str, body: dict[str, object]) -> Log:
    """A log of one thing."""
    row = ReviewEntry(
        revision=1, kind=kind, key="M1", meeting="M1", actor="Ann", at="", body=canonical_json(body)
    )
    return Log((row,))

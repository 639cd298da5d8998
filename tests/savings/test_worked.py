"""A finding of the worklist and the saving that was claimed for it go the same way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from finops.errors import NotAllowed
from finops.records.audit import head
from finops.records.models import AuditEvent
from finops.records.models import WorklistStep
from finops.savings.credit import credits_of
from finops.savings.ledger import find
from finops.savings.saving import Kind
from finops.savings.steps import End
from finops.savings.steps import withdraw
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from finops.workloads.progress import Step
from finops.workloads.progress import take
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.workloads.progress import Progress

FINDING = "f1nd1ng"


def worked(shop: Workspace, *, owner: str = "ines", done: bool = True, by: str = "ines") -> None:
    """The finding, on which somebody works."""
    states = [State.ASSIGNED, *((State.APPROVED, State.DONE) if done else ())]
    for state in states:
        step = Step(
            key=FINDING,
            state=state,
            day=room.MADE,
            team="search",
            rule="idle-address",
            title="Unused address",
            resource="gone",
            owner=owner if state is State.ASSIGNED else "",
        )
        take(shop.store, **room.call(by), step=step)


def claimed(shop: Workspace, scope: str = "ResourceId=gone") -> str:
    return room.done(shop, room.agreed(shop, scope, Kind.ELIMINATE, finding=FINDING))


def stands(shop: Workspace) -> Progress:
    return progress_of(shop, today=room.TODAY)[FINDING]


def test_a_verified_saving_verifies_its_finding_in_the_same_event(shop: Workspace) -> None:
    worked(shop)
    key = claimed(shop)
    room.signed(shop, key)
    now = stands(shop)
    assert (now.state, now.actor, now.owner) == (State.VERIFIED, "fay", "ines")
    assert (now.reason, now.rule, now.day) == (
        f"Verified as saving {key}.",
        "idle-address",
        room.TODAY,
    )
    with shop.store.reading() as session:
        last = head(session).sequence
        event = session.exec(select(AuditEvent).where(AuditEvent.sequence == last)).one()
        (row,) = session.exec(select(WorklistStep).where(WorklistStep.revision == last)).all()
    assert (event.command, row.state) == ("savings.verify", "verified")
    told = json.loads(event.after)
    assert (told["state"], told["finding"]["key"]) == ("verified", FINDING)
    assert (told["finding"]["was"], told["finding"]["state"]) == ("done", "verified")
    room.signed(shop, key)
    with shop.store.reading() as session:
        assert len(session.exec(select(WorklistStep)).all()) == 4


def test_a_finding_that_nobody_worked_on_is_verified_with_its_saving(shop: Workspace) -> None:
    room.signed(shop, claimed(shop))
    now = stands(shop)
    assert (now.state, now.title, now.resource) == (State.VERIFIED, "Less ResourceId=gone", "gone")


def test_what_came_back_is_open_again_for_its_reason(shop: Workspace) -> None:
    worked(shop)
    assert room.signed(shop, claimed(shop, "ResourceId=back")).state == "withdrawn"
    now = stands(shop)
    assert (now.state, now.owner) == (State.OPEN, "")
    assert now.reason == "The cost was back on 2026-10-21."


def test_what_is_taken_back_after_it_was_verified_opens_its_finding(shop: Workspace) -> None:
    worked(shop)
    key = claimed(shop)
    room.signed(shop, key)
    end = End(key=key, team="search", reason="rebuilt", day=room.TODAY, today=room.TODAY)
    withdraw(shop.store, **room.call("ines"), said=end)
    now = stands(shop)
    assert (now.state, now.reason) == (State.OPEN, "rebuilt")


def test_what_is_given_up_before_leaves_its_finding_as_it_is(shop: Workspace) -> None:
    worked(shop)
    key = claimed(shop)
    end = End(key=key, team="search", reason="elsewhere", day=room.TODAY, today=room.TODAY)
    withdraw(shop.store, **room.call("ines"), said=end)
    assert stands(shop).state is State.DONE


@pytest.mark.parametrize(
    ("owner", "who"), [("fay", "fay"), ("Fay Finance", "fay"), ("data", "omar")]
)
def test_who_did_it_does_not_sign_its_saving(shop: Workspace, owner: str, who: str) -> None:
    worked(shop, owner=owner, done=False)
    key = claimed(shop)
    with pytest.raises(NotAllowed, match=f"{who} did what {key} is for"):
        room.signed(shop, key, by=who)
    assert (credits_of(shop), stands(shop).state) == ((), State.ASSIGNED)
    assert find(shop, key, today=room.TODAY).state == "implemented"


def test_who_assigned_it_may_sign_its_saving(shop: Workspace) -> None:
    worked(shop, owner="bob", done=False, by="fay")
    assert room.signed(shop, claimed(shop), by="fay").state == "verified"

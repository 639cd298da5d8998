from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.workloads.findings import findings
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from finops.workloads.progress import Step
from finops.workloads.progress import step_after
from finops.workloads.progress import step_for
from finops.workloads.progress import take
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import fresh
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import TODAY as BILLED

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

__all__ = ["fresh"]

TODAY = AT.date()
FOUND = findings(estate(resource(meter("ebs:volumeusage.gp2"))), today=BILLED)[0]
LATER = TODAY + timedelta(days=30)


def step(fresh: Workspace, said: Step, who: str = "ann") -> State:
    taken = take(fresh.store, actor=local_actor(who), at=AT, origin="test", step=said)
    now = progress_of(fresh, today=TODAY)[FOUND.key].state
    assert taken.state == now
    return now


def state(fresh: Workspace, to: State, who: str = "ann", **said: Any) -> State:  # noqa: ANN401
    return step(fresh, step_for(FOUND, to, TODAY, **said), who)


def test_a_finding_goes_from_open_to_verified_when_the_bill_no_longer_shows_it(
    fresh: Workspace,
) -> None:
    state(fresh, State.ASSIGNED, owner="bob")
    state(fresh, State.APPROVED)
    state(fresh, State.DONE, "bob", reason="change 481")
    with pytest.raises(Conflict, match="still shows it"):
        state(fresh, State.VERIFIED, "eve")
    gone = step_after(progress_of(fresh, today=TODAY)[FOUND.key], State.VERIFIED, TODAY)
    assert step(fresh, gone, "eve") is State.VERIFIED
    kept = progress_of(fresh, today=TODAY)[FOUND.key]
    assert (kept.owner, kept.resource, kept.team) == ("bob", FOUND.resource.id, "search")


def test_who_did_it_cannot_verify_it(fresh: Workspace) -> None:
    state(fresh, State.ASSIGNED, owner="bob")
    state(fresh, State.APPROVED)
    state(fresh, State.DONE, "carl")
    gone = step_after(progress_of(fresh, today=TODAY)[FOUND.key], State.VERIFIED, TODAY)
    for who in ("bob", "carl"):
        with pytest.raises(NotAllowed, match="cannot verify it as well"):
            step(fresh, gone, who)
    assert progress_of(fresh, today=TODAY)[FOUND.key].state is State.DONE


def test_a_hold_has_a_reason_and_an_end_after_which_it_is_open_again(fresh: Workspace) -> None:
    state(fresh, State.SNOOZED, reason="after the launch", until=LATER)
    assert progress_of(fresh, today=LATER)[FOUND.key].state is State.SNOOZED
    assert progress_of(fresh, today=LATER + timedelta(days=1))[FOUND.key].state is State.OPEN


@pytest.mark.parametrize(
    "said",
    [
        {"until": LATER},
        {"reason": "no"},
        {"reason": "no", "until": TODAY},
        {"reason": "no", "until": TODAY + timedelta(days=400)},
    ],
)
def test_a_hold_without_reason_or_end_is_none(fresh: Workspace, said: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        state(fresh, State.NOT_WORTH_IT, **said)
    assert progress_of(fresh, today=TODAY) == {}


def test_somebody_is_named_who_does_it(fresh: Workspace) -> None:
    with pytest.raises(UsageError, match="Nobody is named"):
        state(fresh, State.ASSIGNED)


@pytest.mark.parametrize("to", [State.APPROVED, State.DONE, State.VERIFIED])
def test_no_step_is_left_out(fresh: Workspace, to: State) -> None:
    with pytest.raises(Conflict, match="cannot become"):
        state(fresh, to)


def test_who_does_not_see_a_team_takes_none_of_its_steps(fresh: Workspace) -> None:
    sees = (("x_Team", frozenset({"payments"})),)
    eve = Actor("eve", frozenset({Role.ENGINEER}), sees=sees)
    said = step_for(FOUND, State.ASSIGNED, TODAY, owner="eve")
    with pytest.raises(NotAllowed):
        take(fresh.store, actor=eve, at=AT, origin="test", step=said)
    mine = replace(said, team="payments")
    assert take(fresh.store, actor=eve, at=AT, origin="test", step=mine).state == "assigned"


def test_a_second_click_is_the_first(fresh: Workspace) -> None:
    said = step_for(FOUND, State.ASSIGNED, TODAY, owner="bob")
    who: dict[str, Any] = {"actor": local_actor("ann"), "at": AT, "origin": "page", "key": "k"}
    assert take(fresh.store, **who, step=said) == take(fresh.store, **who, step=said)


def test_a_viewer_takes_no_step(fresh: Workspace) -> None:
    said = step_for(FOUND, State.ASSIGNED, TODAY, owner="bob")
    eve = Actor("eve", frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed):
        take(fresh.store, actor=eve, at=AT, origin="test", step=said)
    assert progress_of(fresh, today=date(2026, 5, 1)) == {}

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.savings.ledger import find
from finops.savings.ledger import history
from finops.savings.ledger import savings_of
from finops.savings.saving import Kind
from finops.savings.saving import State
from finops.savings.steps import Done
from finops.savings.steps import End
from finops.savings.steps import implement
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from finops.savings.steps import reject
from finops.savings.steps import withdraw
from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

__all__ = ["fresh", "template"]

SAID = {"title": "Less", "kind": Kind.ELIMINATE, "scope": "x_Team=search", "team": "search"}


def proposal(**said: object) -> Proposal:
    return Proposal(**{**SAID, "day": room.TODAY, **said})  # type: ignore[arg-type]


def end(key: str, **said: object) -> End:
    usual = {"team": "search", "reason": "no", "day": room.TODAY, "today": room.TODAY}
    return End(key=key, **{**usual, **said})  # type: ignore[arg-type]


def test_who_proposes_it_claims_it(fresh: Workspace) -> None:
    kept = propose(fresh.store, **room.call("ines", Role.ENGINEER), said=proposal())
    (found,) = savings_of(fresh, today=room.TODAY)
    assert (found.key, found.state, found.claimed_by) == (kept.key, State.IDENTIFIED, "ines")


@pytest.mark.parametrize(
    "said", [{"title": " "}, {"scope": ""}, {"team": ""}, {"expected": Decimal(-1)}]
)
def test_a_saving_says_what_it_is(fresh: Workspace, said: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        propose(fresh.store, **room.call("ines"), said=proposal(**said))


def test_a_finding_is_claimed_once_at_a_time(fresh: Workspace) -> None:
    kept = propose(fresh.store, **room.call("ines"), said=proposal(finding="f1"))
    with pytest.raises(Conflict, match=f"as {kept.key}"):
        propose(fresh.store, **room.call("kenji"), said=proposal(finding="f1"))
    withdraw(fresh.store, **room.call("ines"), said=end(kept.key))
    assert propose(fresh.store, **room.call("kenji"), said=proposal(finding="f1")).key != kept.key


def test_a_second_click_is_the_first(fresh: Workspace) -> None:
    call = room.call("ines", key="k")
    once, again = (propose(fresh.store, **call, said=proposal()) for _ in range(2))
    assert once == again
    assert len(savings_of(fresh, today=room.TODAY)) == 1


def test_nothing_is_implemented_that_was_not_agreed(fresh: Workspace) -> None:
    kept = propose(fresh.store, **room.call("ines"), said=proposal())
    done = Done(key=kept.key, team="search", day=room.TODAY, evidence="c", today=room.TODAY)
    with pytest.raises(Conflict, match="cannot become implemented"):
        implement(fresh.store, **room.call("ines"), said=done)


@pytest.mark.parametrize(
    ("day", "evidence"),
    [(date(2026, 9, 29), "c"), (date(2026, 11, 19), "c"), (room.MADE, " ")],
)
def test_it_is_made_after_its_baseline_and_with_evidence(
    shop: Workspace, day: date, evidence: str
) -> None:
    key = room.agreed(shop, "ResourceId=gone")
    done = Done(key=key, team="search", day=day, evidence=evidence, today=room.TODAY)
    with pytest.raises(UsageError):
        implement(shop.store, **room.call("ines"), said=done)


def test_every_step_stays_on_the_record_by_name(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone"))
    states = [one.state for one in history(shop, key)]
    assert states == [State.IDENTIFIED, State.AGREED, State.IMPLEMENTED]
    assert find(shop, key.lower(), today=room.TODAY).implemented_by == "ines"


def test_an_end_has_a_reason_and_stays_the_end(fresh: Workspace) -> None:
    kept = propose(fresh.store, **room.call("ines"), said=proposal())
    with pytest.raises(UsageError, match="for a reason"):
        reject(fresh.store, **room.call("fay", Role.FINANCE), said=end(kept.key, reason=" "))
    reject(fresh.store, **room.call("fay", Role.FINANCE), said=end(kept.key))
    with pytest.raises(Conflict, match="is rejected"):
        withdraw(fresh.store, **room.call("ines"), said=end(kept.key))


def test_others_savings_are_taken_back_by_finance_alone(fresh: Workspace) -> None:
    kept = propose(fresh.store, **room.call("ines"), said=proposal())
    with pytest.raises(NotAllowed):
        withdraw(fresh.store, **room.call("kenji", Role.ENGINEER), said=end(kept.key))
    with pytest.raises(NotAllowed):
        reject(fresh.store, **room.call("ines", Role.ENGINEER), said=end(kept.key))


def test_who_does_not_see_a_team_claims_nothing_of_it(fresh: Workspace) -> None:
    eve = Actor("eve", frozenset({Role.ENGINEER}), sees=(("x_Team", frozenset({"data"})),))
    call = {**room.call("eve"), "actor": eve}
    with pytest.raises(NotAllowed):
        propose(fresh.store, **call, said=proposal())
    assert propose(fresh.store, **call, said=proposal(team="data")).state == "identified"


def test_what_was_credited_is_not_taken_back_by_a_day_before(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, key)
    with pytest.raises(UsageError, match="credited until the day before 2026-11-01"):
        withdraw(shop.store, **room.call("ines"), said=end(key, day=date(2026, 10, 15)))
    assert withdraw(shop.store, **room.call("ines"), said=end(key)).state == "withdrawn"

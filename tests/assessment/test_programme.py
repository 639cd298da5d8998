from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.roles import Role
from finops.assessment.programme import add_cost
from finops.assessment.programme import Cost
from finops.assessment.programme import costs_of
from finops.assessment.programme import set_target
from finops.assessment.programme import Target
from finops.assessment.programme import target_of
from finops.errors import NotAllowed
from finops.errors import UsageError
from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

__all__ = ["fresh", "template"]

FAY = room.call("fay", Role.FINANCE)


def cost(**said: object) -> Cost:
    usual = {"month": "2026-10", "what": "people", "amount": Decimal(0), "currency": "USD"}
    return Cost(**{**usual, **said})  # type: ignore[arg-type]


def test_people_cost_their_hours_at_their_rate(fresh: Workspace) -> None:
    hours = {"hours": Decimal(40), "rate": Decimal("95.5")}
    assert add_cost(fresh.store, **FAY, cost=cost(**hours)).amount == Decimal("3820.0")
    add_cost(fresh.store, **FAY, cost=cost(what="a tool", amount=Decimal(120)))
    add_cost(fresh.store, **FAY, cost=cost(what="a tool", amount=Decimal(100)))
    assert [(one.what, one.amount, one.by) for one in costs_of(fresh)] == [
        ("a tool", Decimal(100), "fay"),
        ("people", Decimal("3820.0"), "fay"),
    ]


@pytest.mark.parametrize(
    "said", [{"what": " "}, {"amount": Decimal(-1)}, {"month": "October"}, {"hours": Decimal(-1)}]
)
def test_a_cost_says_what_it_is(fresh: Workspace, said: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        add_cost(fresh.store, **FAY, cost=cost(**said))


def test_leadership_sets_the_target(fresh: Workspace) -> None:
    assert target_of(fresh) is None
    wanted = Target(amount=Decimal(1000), currency="USD")
    with pytest.raises(NotAllowed):
        set_target(fresh.store, **FAY, target=wanted)
    lead = room.call("lea", Role.LEADERSHIP)
    set_target(fresh.store, **lead, target=wanted)
    found = target_of(fresh)
    assert found is not None
    assert (found.amount, found.by) == (Decimal(1000), "lea")
    with pytest.raises(UsageError, match="is none"):
        set_target(fresh.store, **lead, target=Target(amount=Decimal(0), currency="USD"))

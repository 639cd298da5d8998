from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.roles import Role
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import TieoutError
from finops.errors import UsageError
from finops.savings.agree import agree
from finops.savings.agree import Terms
from finops.savings.ledger import find
from finops.savings.saving import Kind
from finops.savings.saving import Method
from finops.savings.saving import Share
from finops.savings.saving import State
from finops.savings.steps import Proposal
from finops.savings.steps import propose
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

END = date(2026, 10, 1)
FINANCE = room.call("fay", Role.FINANCE)


def proposed(shop: Workspace, scope: str, kind: Kind = Kind.RIGHTSIZE) -> str:
    said = Proposal(title="t", kind=kind, scope=scope, team="search", day=room.MADE)
    return propose(shop.store, **room.call("ines"), said=said).key


def terms(key: str, *, start: date = date(2026, 9, 1), end: date = END, **said: object) -> Terms:
    return Terms(key=key, start=start, end=end, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scope", "kind", "method"),
    [
        ("ResourceId=gone", Kind.ELIMINATE, Method.DELETION),
        ("ResourceId=gone", Kind.RIGHTSIZE, Method.RESOURCE),
        ("x_Team=data", Kind.RIGHTSIZE, Method.SCOPE),
        ("CommitmentDiscountId=cd-1", Kind.COMMIT, Method.COMMITMENT),
    ],
)
def test_how_it_is_measured_follows_from_what_is_done(
    shop: Workspace, scope: str, kind: Kind, method: Method
) -> None:
    key = proposed(shop, scope, kind)
    agree(shop, terms(key), today=room.MADE, call=FINANCE)
    found = find(shop, key, today=room.TODAY)
    assert found.baseline is not None
    assert (found.state, found.baseline.method) == (State.AGREED, method)
    assert (found.agreed_by, found.teams) == ("fay", ("search",))


def test_scope_days_prices_and_resources_are_frozen(shop: Workspace) -> None:
    key = proposed(shop, "ResourceId=covered")
    agree(shop, terms(key), today=room.MADE, call=FINANCE)
    frozen = find(shop, key, today=room.TODAY).baseline
    assert frozen is not None
    assert (frozen.days, frozen.per_day, frozen.currency) == (30, Decimal(24), "USD")
    assert frozen.resources == ("covered",)
    assert (frozen.commitments, frozen.covered, frozen.unused) == (
        ("cd-1",),
        Decimal(24),
        Decimal(0),
    )
    assert any(one.sku.startswith("cut|") and one.price == 1 for one in frozen.prices)
    with pytest.raises(Conflict, match="is agreed and cannot become agreed"):
        agree(shop, terms(key, start=date(2026, 8, 1)), today=room.MADE, call=FINANCE)


@pytest.mark.parametrize(
    ("scope", "said", "why"),
    [
        ("ResourceId=gone", {"end": date(2026, 9, 4)}, "3 days is none"),
        ("ResourceId=gone", {"end": date(2026, 12, 1)}, "does not reach"),
        ("ResourceId=nothing", {}, "cost nothing"),
        ("gone", {}, "no condition"),
        ("ResourceId=gone", {"driver": "web requests"}, "explains 0%"),
        ("ServiceName=Web", {"driver": "web visits"}, "Nobody counts"),
        ("ServiceName=Web", {"driver": "web requests", "start": date(2026, 7, 1)}, "no figure"),
        ("ResourceId=gone", {"split": (Share(team="search", part=Decimal("0.9")),)}, "0.9"),
        ("ResourceId=gone", {"split": (Share(team="nobody"),)}, "no team 'nobody'"),
    ],
)
def test_what_cannot_be_measured_by_is_not_agreed(
    shop: Workspace, scope: str, said: dict[str, object], why: str
) -> None:
    key = proposed(shop, scope)
    with pytest.raises(UsageError, match=why):
        agree(shop, terms(key, **said), today=room.MADE, call=FINANCE)  # type: ignore[arg-type]
    assert find(shop, key, today=room.TODAY).state is State.IDENTIFIED


def test_who_neither_is_finance_nor_finops_agrees_to_nothing(shop: Workspace) -> None:
    key = proposed(shop, "ResourceId=gone")
    with pytest.raises(NotAllowed):
        agree(shop, terms(key), today=room.MADE, call=room.call("ines", Role.ENGINEER))
    with pytest.raises(TieoutError, match="no saving"):
        agree(shop, terms("S0"), today=room.MADE, call=FINANCE)

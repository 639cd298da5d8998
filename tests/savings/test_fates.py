from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.roles import Role
from finops.core.amount import total
from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.ingestion.budgets import budgets_of
from finops.ingestion.budgets import holding
from finops.records.models import Budget
from finops.savings.fates import decide
from finops.savings.fates import Decided
from finops.savings.fates import Fate
from finops.savings.fates import fates_of
from finops.savings.fates import What
from finops.savings.fates import whole
from finops.savings.saving import Kind
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

FAY = room.call("fay", Role.FINANCE)


@pytest.fixture
def verified(shop: Workspace) -> str:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, key)
    return key


def said(key: str, what: What, **more: object) -> Decided:
    usual = {"key": key, "team": "search", "what": what, "today": room.TODAY}
    return Decided(**{**usual, **more})  # type: ignore[arg-type]


def test_a_released_budget_is_lower_from_now_on(shop: Workspace, verified: str) -> None:
    with shop.store.writing() as session:
        told = {"period": "2026-12", "scope": "x_Team=search", "amount": "5000", "currency": "USD"}
        session.add(Budget(revision=0, version="original", **told))  # type: ignore[arg-type]
    where = {"name": "x_Team=search", "period": "2026-12"}
    kept = decide(
        shop.store, **FAY, said=said(verified, What.RELEASED, amount=Decimal(300), **where)
    )
    assert (kept.amount, kept.budget) == (Decimal(300), "4700")
    (held,) = holding(budgets_of(shop, shop.snapshot()))
    assert (held.amount, held.version) == (Decimal(4700), f"after {verified}, {room.TODAY}")
    with pytest.raises(Conflict, match="no budget of x_Team=data"):
        decide(shop.store, **FAY, said=said(verified, What.RELEASED, name="x_Team=data"))


def test_the_fates_of_a_saving_are_what_was_verified_of_it(shop: Workspace, verified: str) -> None:
    known = {verified: (Decimal(310), "USD")}
    (left,) = whole(fates_of(shop), known)
    assert (left.what, left.amount) == (What.UNDECIDED, Decimal(310))
    thing = said(verified, What.REINVESTED, name="a faster index", amount=Decimal(100))
    decide(shop.store, **FAY, said=thing)
    assert total(one.amount for one in whole(fates_of(shop), known)) == 310
    decide(shop.store, **FAY, said=said(verified, What.ABSORBED))
    assert [one.amount for one in whole(fates_of(shop), known)] == [100, 210]
    with pytest.raises(UsageError, match="is left to decide"):
        decide(shop.store, **FAY, said=said(verified, What.ABSORBED))


@pytest.mark.parametrize(
    ("what", "more"),
    [
        (What.REINVESTED, {}),
        (What.UNDECIDED, {}),
        (What.ABSORBED, {"amount": Decimal("310.01")}),
        (What.ABSORBED, {"amount": Decimal(0)}),
    ],
)
def test_what_is_no_fate_is_refused(
    shop: Workspace, verified: str, what: What, more: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        decide(shop.store, **FAY, said=said(verified, what, **more))
    assert fates_of(shop) == ()


def test_who_keeps_no_savings_decides_no_fate(shop: Workspace, verified: str) -> None:
    with pytest.raises(NotAllowed):
        decide(shop.store, **room.call("ines", Role.ENGINEER), said=said(verified, What.ABSORBED))
    with pytest.raises(Conflict, match="is of search"):
        decide(shop.store, **FAY, said=said(verified, What.ABSORBED, team="data"))


def test_what_was_decided_and_taken_back_is_below_zero() -> None:
    kept = (Fate(saving="S1", what=What.ABSORBED, amount=Decimal(100)),)
    found = whole(kept, {"S1": (Decimal(60), "USD")})
    assert total(one.amount for one in found) == 60

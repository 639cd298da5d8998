from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.records.models import CreditLine
from finops.savings.credit import balances
from finops.savings.credit import by_team
from finops.savings.credit import credited
from finops.savings.credit import credits_of
from finops.savings.credit import open_month
from finops.savings.saving import Kind
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_what_a_scope_fell_by_is_what_its_teams_are_credited(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, key)
    scope, team = credits_of(shop)
    assert (scope.account, scope.name, scope.debit) == ("scope", "ResourceId=gone", Decimal(310))
    assert (team.account, team.name, team.credit) == ("team", "search", Decimal(310))
    assert (team.month, team.booked) == ("2026-10", "2026-11")
    assert balances((scope, team))
    assert not balances((team,))
    assert credited((scope, team), saving=key).credited == 310
    assert by_team((scope, team), booked="2026-10") == {}


def test_it_is_booked_in_the_next_month_that_is_open(shop: Workspace) -> None:
    november = BillingPeriod(2026, 11)
    with shop.store.reading() as session:
        assert open_month(session, room.TODAY) == november
    room.shut(shop, november)
    with shop.store.reading() as session:
        assert open_month(session, room.TODAY) == november.plus(1)


def test_a_restated_month_is_corrected_in_the_open_one(shop: Workspace) -> None:
    """What was credited too much is taken back by a further entry; the first one stays."""
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, key)
    first = credits_of(shop)
    with shop.store.writing() as session:
        around: dict[str, Any] = {
            "saving": key,
            "month": "2026-10",
            "booked": "2026-11",
            "currency": "USD",
        }
        common: dict[str, Any] = {
            **around,
            "entry": "E0",
            "actor": "x",
            "at": "x",
            "revision": 9_000,
        }
        for place, (account, net) in enumerate((("scope", -40), ("team", 40))):
            line: dict[str, Any] = {
                "debit": str(max(-net, 0)),
                "credit": str(max(net, 0)),
                "place": str(place),
            }
            session.add(CreditLine(account=account, name="search", **line, **common))
    assert room.signed(shop, key).booked == Decimal(-40)
    lines = credits_of(shop)
    assert lines[:2] == first
    assert balances(lines)
    assert credited(lines, saving=key, month="2026-10").credited == 310

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.savings.ranked import ranked
from finops.savings.report import report
from finops.savings.saving import Kind
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_teams_are_ranked_by_what_they_saved_of_their_own_spend(shop: Workspace) -> None:
    """Search saved 310 of its October; web 3100 of 7440, and a request costs less than before."""
    room.signed(shop, room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE)))
    web = room.agreed(shop, "ServiceName=Web", team="web", driver="web requests")
    room.signed(shop, room.done(shop, web, team="web"))
    dataset = shop.dataset()
    first, second = ranked(shop, dataset, report(shop, dataset, today=room.TODAY))
    assert (first.team, second.team) == ("web", "search")
    assert (first.spend, first.credited) == (Decimal(7440), Decimal("3100.00"))
    assert first.share is not None
    assert round(first.share, 4) == Decimal("0.4167")
    assert second.unit is None


def test_nobody_is_ranked_before_anything_is_credited(shop: Workspace) -> None:
    dataset = shop.dataset()
    assert ranked(shop, dataset, report(shop, dataset, today=room.TODAY)) == ()

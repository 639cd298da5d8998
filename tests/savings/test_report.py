from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.savings.fates import What
from finops.savings.report import report
from finops.savings.report import STAGES
from finops.savings.saving import Kind
from finops.savings.saving import State
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_every_saving_stands_where_it_is(shop: Workspace) -> None:
    gone = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, gone)
    room.done(shop, room.agreed(shop, "ResourceId=smaller", expected="600"))
    room.shut(shop, room.OCTOBER, event="reopened")
    back = room.done(shop, room.agreed(shop, "ResourceId=back"))
    found = report(shop, shop.dataset(), today=room.TODAY)
    verified, realized, regressing = found.savings
    assert (verified.state, verified.credited.credited) == (State.VERIFIED, Decimal("310.00"))
    assert verified.per_day.credited == 10
    assert realized.state is State.REALIZED
    assert realized.realized is not None
    assert realized.realized.verified == 620
    assert found.verified == (Decimal(310), Decimal(0))
    assert [one.saving.key for one in found.regressed] == [back]
    assert str(regressing.back) == "2026-10-21"
    assert [one.many for one in found.funnel] == [3, 3, 3, 3, 1]
    assert [one.state for one in found.funnel] == list(STAGES)
    assert found.funnel[-1].amount == 300
    (fate,) = found.fates
    assert (fate.what, fate.amount) == (What.UNDECIDED, Decimal(310))


def test_closed_months_that_nobody_signed_wait(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    (waiting,) = report(shop, shop.dataset(), today=room.TODAY).waiting
    assert (waiting.saving.key, waiting.waits) == (key, (room.OCTOBER,))
    room.signed(shop, key)
    assert report(shop, shop.dataset(), today=room.TODAY).waiting == ()

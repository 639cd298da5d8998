"""ROI-1: hard 300k, avoidance 120k, cost 320k: -6.25 % by hard savings, +31.25 % with avoidance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.assessment.programme import Cost
from finops.assessment.programme import Target
from finops.assessment.roi import Roi
from finops.assessment.roi import roi_of
from finops.savings.credit import Line
from finops.savings.report import Report
from finops.savings.report import report
from finops.savings.saving import Kind
from tests.savings import room
from tests.savings.conftest import billed
from tests.savings.conftest import shop

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

__all__ = ["billed", "shop"]


def told(*, hard: str, avoided: str = "0", cost: str, target: str = "") -> Roi:
    return Roi(
        currency="USD",
        hard=Decimal(hard),
        avoided=Decimal(avoided),
        one_off=Decimal(0),
        cost=Decimal(cost),
        costed=12,
        target=Target(amount=Decimal(target), currency="USD") if target else None,
        months=(),
    )


def test_roi_1() -> None:
    parts = ("60000", "210000", "36000", "14000")
    found = told(hard="300000", avoided="120000", cost=str(sum(map(Decimal, parts))))
    assert found.share == Decimal("-0.0625")
    assert found.with_avoided == Decimal("0.3125")
    assert found.payback == Decimal("12.8")


@pytest.mark.parametrize(("hard", "cost"), [("0", "100"), ("-5", "100")])
def test_what_saves_nothing_never_pays_back(hard: str, cost: str) -> None:
    assert told(hard=hard, cost=cost).payback is None
    assert told(hard=hard, cost="0").share is None
    assert told(hard="50", cost="0", target="200").reached == Decimal("0.25")


def test_a_year_is_365_of_the_days_that_still_hold(shop: Workspace) -> None:
    """SAV-1's 100 a day: 60 less and 40 avoided; times 365 and not 12 times a month."""
    key = room.agreed(shop, "ServiceName=Web", team="web", driver="web requests")
    room.done(shop, key, team="web")
    room.signed(shop, key)
    back = room.done(shop, room.agreed(shop, "ResourceId=back", expected="3000"))
    room.signed(shop, back)
    spent = (
        Cost(month="2026-10", what="people", amount=Decimal(7300), currency="USD"),
        Cost(month="2025-10", what="people", amount=Decimal(999), currency="USD"),
    )
    dataset = shop.dataset()
    found = roi_of(report(shop, dataset, today=room.TODAY), spent, None, today=room.TODAY)
    assert (found.hard, found.avoided) == (Decimal("21900.00"), Decimal("14600.00"))
    assert (found.cost, found.costed, found.share) == (Decimal(7300), 1, Decimal(2))
    october = next(one for one in found.months if one.month == "2026-10")
    assert october[1:] == (Decimal(3860), Decimal(1240), Decimal(0), Decimal(7300))


def test_one_offs_stand_on_a_line_of_their_own(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE))
    room.signed(shop, key)
    dataset = shop.dataset()
    found = report(shop, dataset, today=room.TODAY)
    (one,) = found.savings
    once = one.saving.model_copy(update={"one_off": True})
    kept = Report(
        currency=found.currency,
        savings=(one.__class__(**{**one.__dict__, "saving": once}),),
        lines=tuple(found.lines),
        fates=(),
    )
    told_once = roi_of(kept, (), None, today=date(2026, 11, 18))
    assert (told_once.hard, told_once.one_off) == (Decimal(0), Decimal("310.00"))
    assert isinstance(found.lines[0], Line)

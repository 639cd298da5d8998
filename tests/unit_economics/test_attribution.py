"""Attribution: the parts of a change, by hand, and that they always add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.measures.bridge import bridge
from finops.measures.bridge import Driver
from finops.measures.bridge import Key
from finops.measures.bridge import Observed
from finops.measures.bridge import Terms
from finops.measures.receipt import Receipt
from finops.measures.variance import Variance
from finops.measures.window import Window
from finops.unit_economics.attribution import attribute
from finops.unit_economics.attribution import attributed
from finops.unit_economics.attribution import MEANINGS
from finops.unit_economics.attribution import PARTS
from finops.unit_economics.metrics import Segment
from finops.unit_economics.metrics import UnitCost

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources

D = Decimal


def month(number: int, cost: Decimal, units: Decimal) -> UnitCost:
    return UnitCost(
        product="shop", unit="orders", period=BillingPeriod(2026, number), currency="USD", days=30,
        missing=(), left_out=D(0), segments=(Segment("", units, None, cost),),
    )  # fmt: skip


def seen(sku: str, cost: int, listed: int, hours: int) -> Observed:
    return Observed(Key(sku=sku, unit="h"), D(cost), D(listed), D(hours))


def variance(old: list[Observed], new: list[Observed], driver: Driver) -> Variance:
    return Variance(
        measure="EffectiveCost", currency="USD",
        before=Window(date(2026, 9, 1), date(2026, 10, 1)),
        after=Window(date(2026, 10, 1), date(2026, 10, 31)),
        start=total(one.cost for one in old), end=total(one.cost for one in new),
        contributions=bridge(old, new, Terms((30, 30), driver)),
        names={}, notes=(), receipt=Receipt(snapshot="", imports=(), charges=0, sql=()),
    )  # fmt: skip


def test_the_parts_of_a_change_add_up_and_efficiency_stands_alone() -> None:
    """1000 hours at 1 for 1000 orders; then 1200 at 1.10 for 1100.

    Demand has 1100 hours cost 1100: a unit still costs 1. 100 hours more are engineering's:
    100 / 1100.
    """
    old = [seen("a", 600, 600, 600), seen("b", 400, 400, 400)]
    new = [seen("a", 770, 770, 700), seen("b", 550, 550, 500)]
    found = variance(old, new, Driver("orders", D(1000), D(1100)))
    told = attribute(month(9, D(1000), D(1000)), month(10, D(1320), D(1100)), found)
    assert told is not None
    assert total(told[:-1]) == told.after == D("1.2")
    assert (round(told.demand, 6), round(told.efficiency, 6)) == (D(0), D("0.090909"))
    assert (round(told.rate, 6), told.mix) == (D("0.109091"), D(0))
    assert not told.rest.quantize(D("1e-9"))
    assert attribute(month(9, D(0), D(0)), month(10, D(1), D(1)), found) is None


def test_a_dearer_choice_of_as_many_hours_is_mix_and_nothing_else() -> None:
    """1000 hours at 1 and 3; of 600 and 400 become 500 and 500: 200 more for the same orders."""
    old = [seen("a", 600, 600, 600), seen("b", 1200, 1200, 400)]
    new = [seen("a", 500, 500, 500), seen("b", 1500, 1500, 500)]
    found = variance(old, new, Driver("orders", D(1000), D(1000)))
    told = attribute(month(9, D(1800), D(1000)), month(10, D(2000), D(1000)), found)
    assert told is not None
    assert [(name, round(part, 6)) for name, part in told.parts if round(part, 6)] == [
        ("mix", D("0.2"))
    ]
    assert told.change == D("0.2")


def test_unit_3_what_volume_dilutes_is_not_engineerings() -> None:
    """120 000 for 60 M calls, then 174 000 for 90 M; one more cost 0.0015, then 0.0016.

    The average falls by 0.00006667: volume dilutes 0.00016667, engineering *adds* 0.0001. Taken
    all in proportion to volume, engineering would seem to have brought it down.
    """
    found = variance(
        [seen("a", 120000, 120000, 120000)],
        [seen("a", 174000, 174000, 174000)],
        Driver("orders", D(60), D(90)),
    )
    ends = month(9, D(120000), D(60_000_000)), month(10, D(174000), D(90_000_000))
    told = attribute(*ends, found, marginal=D("0.0015"))
    assert told is not None
    assert (round(told.demand, 8), round(told.efficiency, 8)) == (D("-0.00016667"), D("0.00010000"))
    naive = attribute(*ends, found)
    assert naive is not None
    assert round(naive.efficiency, 8) == D("-0.00006667")


amounts = st.integers(min_value=1, max_value=10**7)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=1, max_size=4),
       amounts, amounts, st.none() | st.decimals(min_value=0, max_value=100, places=4))  # fmt: skip
def test_the_parts_always_add_up(
    rows: list[tuple[int, int, int, int]], units: int, later: int, marginal: Decimal | None
) -> None:
    old = [seen(str(n), a, a, b) for n, (a, b, _, _) in enumerate(rows)]
    new = [seen(str(n), a, a, b) for n, (_, _, a, b) in enumerate(rows)]
    found = variance(old, new, Driver("orders", D(units), D(later)))
    ends = month(9, found.start, D(units)), month(10, found.end, D(later))
    told = attribute(*ends, found, marginal=marginal)
    assert told is not None
    assert total(told[:-1]) == told.after
    assert abs(told.rest) < D("1e-6")


def test_every_part_has_a_meaning() -> None:
    assert tuple(MEANINGS) == PARTS


def test_a_month_is_attributed_from_the_dataset(of_shop: Sources, october: Prepared) -> None:
    """The shop's bill has one price a service: whatever moved, it was no mix."""
    before = october.trend[-2]
    told = attributed(of_shop, before, october.now, october.marginal)
    assert told is not None
    assert total(told[:-1]) == told.after
    assert (told.mix, told.after) == (D(0), october.now.average)


@pytest.mark.parametrize("place", [0, 1])
def test_months_with_a_gap_are_not_attributed(
    of_shop: Sources, october: Prepared, place: int
) -> None:
    gone = (date(2026, 10, 2),)
    ends = [october.trend[-2], october.now]
    ends[place] = ends[place].__class__(**{**ends[place].__dict__, "missing": gone})
    assert attributed(of_shop, ends[0], ends[1], None) is None

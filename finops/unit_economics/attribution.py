"""Attribution: whose doing it is that a unit costs other than in the month before.

A change is parted into demand, efficiency, mix and rate, and what has none of them. The efficiency
part alone is engineering's: what more volume dilutes is demand's, a dearer choice is mix, a price
or a discount is rate.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.errors import RateMissing
from finops.measures import Query
from finops.measures.bridge import Driver
from finops.measures.causes import Cause
from finops.measures.variance import explain
from finops.unit_economics.costs import COST
from finops.unit_economics.costs import PRODUCT
from finops.unit_economics.ratios import PRECISE

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.measures.variance import Variance
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.sources import Sources


class Attribution(NamedTuple):
    """From one month's unit cost to the next one's; the four and the rest add up exactly.

    `efficiency` alone is engineering's; `demand` is what volume diluted, `rate` what prices and
    commitments did, `rest` what has neither: new and retired prices, fees, corrections, exchange.
    """

    before: Decimal
    demand: Decimal
    efficiency: Decimal
    mix: Decimal
    rate: Decimal
    rest: Decimal
    after: Decimal

    @property
    def parts(self) -> tuple[tuple[str, Decimal], ...]:
        """The five by name, what moved most first."""
        named = zip(PARTS, self[1:-1], strict=True)
        return tuple(sorted(named, key=lambda one: (-abs(one[1]), PARTS.index(one[0]))))

    @property
    def change(self) -> Decimal:
        """How much more a unit costs."""
        return EXACT.subtract(self.after, self.before)


PARTS = ("demand", "efficiency", "mix", "rate", "rest")
"""What a change is parted into, in the order of the formula."""
MEANINGS = {
    "demand": "More or fewer units over what is there anyway: what volume dilutes.",
    "efficiency": "What the same units used, at the price before: this alone is engineering's.",
    "mix": "A dearer or cheaper choice among the prices of one unit of measure.",
    "rate": "Negotiated and list prices, commitments and what nobody used of them.",
    "rest": "New and retired prices, fees, corrections and rates of exchange.",
}
_RATE = (Cause.PRICE, Cause.RATE, Cause.UNUSED)
_VOLUME = (Cause.DEMAND, Cause.EFFICIENCY)


def attribute(
    before: UnitCost, after: UnitCost, found: Variance, *, marginal: Decimal | None = None
) -> Attribution | None:
    """Why a unit costs other than in the month before; None where either month has no unit cost.

    `found` is the variance with the units as its driver. Source: domain.md 17, Demand =
    Q0 (d1/d0 - 1) e0, Efficiency = Volume - Demand; where the cost model knows what one more unit
    costs, Demand is that `marginal` cost of the units more (UNIT-3: else spreading what is there
    anyway over more units would look like engineering). Each step is divided by the later units.
    """
    start, end = before.average, after.average
    if start is None or end is None:
        return None

    def added(*causes: Cause) -> Decimal:
        return total(step.amount for step in found.steps if step.cause in causes)

    def a_unit(amount: Decimal) -> Decimal:
        return PRECISE.divide(amount, after.units)

    more = added(Cause.DEMAND)
    if marginal is not None:
        more = EXACT.multiply(marginal, EXACT.subtract(after.units, before.units))
    demand = EXACT.subtract(a_unit(EXACT.add(before.cost, more)), start)
    efficiency = a_unit(EXACT.subtract(added(*_VOLUME), more))
    named = (demand, efficiency, a_unit(added(Cause.MIX)), a_unit(added(*_RATE)))
    rest = EXACT.subtract(end, total((start, *named)))
    return Attribution(start, *named, rest, end)


def attributed(
    sources: Sources, before: UnitCost, after: UnitCost, marginal: Decimal | None
) -> Attribution | None:
    """The attribution of a product's month against the one before, asked of the dataset.

    None where it cannot be told: a month without units, or with days that lack units or charges,
    so that the bill's months are not those of the units; or a rate of exchange is missing.
    """
    if not (before.whole and after.whole and before.units > 0):
        return None
    asked = Query(
        measures=(COST,),
        where=((PRODUCT, after.product),) if after.product else (),
        period=after.period,
        rule=sources.rule,
    )
    driver = Driver(after.unit, before.units, after.units)
    try:
        found = explain(sources.dataset, asked, driver=driver)
    except RateMissing:
        return None
    return attribute(before, after, found, marginal=marginal)

"""Levers: what a product would cost if demand, efficiency or rates moved, without counting twice.

The order is domain.md 17's UNIT-4; each lever works on what the one before has left:

    demand        V x D                            V the part that follows volume
    efficiency    -E x Vs (1 + D)                  Vs the named service's part of V
    rightsizing   -a x W                           W what the worklist's resources use
    shared        (s' - s) x P                     P the pool; the company's total does not change
    coverage      -(K' - K) x O' x (1 - (1 - d)/U) O' the on-demand equivalent of what is left
    price         p x (1 - K') x O'                on what no commitment covers

All levers at rest give the actual cost to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.errors import UsageError
from finops.unit_economics.ratios import PRECISE
from finops.unit_economics.ratios import quotient

NOTHING, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, kw_only=True)
class Base:
    """A product's month as it was: what the levers start from. Money is in one currency.

    `variable` is the part of `cost` that follows `units`, `services` that part by service;
    `worklist` what resources that could be smaller use; `pool` the cost nobody owns and `share`
    what the product carries of it; `on_demand` its usage before commitments, `coverage` the share
    of that which they cover, `discount` and `utilization` what a new commitment is expected at.
    """

    cost: Decimal
    units: Decimal
    revenue: Decimal
    variable: Decimal
    services: tuple[tuple[str, Decimal], ...] = ()
    worklist: Decimal = NOTHING
    pool: Decimal = NOTHING
    share: Decimal = NOTHING
    on_demand: Decimal = NOTHING
    coverage: Decimal = NOTHING
    discount: Decimal = NOTHING
    utilization: Decimal = ONE

    @property
    def price(self) -> Decimal | None:
        """What a unit earns."""
        return quotient(self.revenue, self.units)


@dataclass(frozen=True, kw_only=True)
class Levers:
    """Where each lever stands. Shares are of one: 0.2 is 20 %. None is where it is now."""

    demand: Decimal = NOTHING
    efficiency: Decimal = NOTHING
    service: str = ""
    rightsizing: Decimal = NOTHING
    shared: Decimal | None = None
    coverage: Decimal | None = None
    price: Decimal = NOTHING


ORDER = ("demand", "efficiency", "rightsizing", "shared", "coverage", "price")
"""The levers in the order in which they work."""


class Step(NamedTuple):
    """What one lever adds to the cost."""

    lever: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the levers make of the month; the steps add up from `start` to `cost` exactly."""

    start: Decimal
    steps: tuple[Step, ...]
    cost: Decimal
    units: Decimal
    revenue: Decimal

    @property
    def unit_cost(self) -> Decimal | None:
        """Cost of one unit."""
        return quotient(self.cost, self.units)

    @property
    def margin(self) -> Decimal | None:
        """What is left of revenue, as a share of it."""
        return quotient(EXACT.subtract(self.revenue, self.cost), self.revenue)

    @property
    def change(self) -> Decimal:
        """How much more it costs than it did."""
        return EXACT.subtract(self.cost, self.start)


def pull(base: Base, levers: Levers) -> Outcome:
    """What the month would have cost with the levers where they stand.

    Raises:
        UsageError: the named service has no part that follows volume.
    """
    grown = EXACT.add(ONE, levers.demand)
    demand = EXACT.multiply(base.variable, levers.demand)
    served = EXACT.multiply(_of_service(base, levers), grown)
    efficiency = -EXACT.multiply(served, levers.efficiency)
    rightsizing = -EXACT.multiply(base.worklist, levers.rightsizing)
    share = base.share if levers.shared is None else levers.shared
    shared = EXACT.multiply(EXACT.subtract(share, base.share), base.pool)
    coverage, price = _rates(base, levers, total((demand, efficiency, rightsizing)))
    amounts = (demand, efficiency, rightsizing, shared, coverage, price)
    return Outcome(
        start=base.cost,
        steps=tuple(Step(name, amount) for name, amount in zip(ORDER, amounts, strict=True)),
        cost=total((base.cost, *amounts)),
        units=EXACT.multiply(base.units, grown),
        revenue=EXACT.multiply(base.revenue, grown),
    )


def _of_service(base: Base, levers: Levers) -> Decimal:
    """The part that follows volume of the named service, or of all where none is named."""
    if not levers.service:
        return base.variable
    services = dict(base.services)
    if levers.service not in services:
        message = f"No cost of {levers.service!r} follows volume."
        raise UsageError(message, remedy=f"Services: {', '.join(services) or 'none'}.")
    return services[levers.service]


def _rates(base: Base, levers: Levers, moved: Decimal) -> tuple[Decimal, Decimal]:
    """What coverage and price add, on the usage that the levers before have left."""
    own = EXACT.subtract(base.cost, EXACT.multiply(base.share, base.pool))
    left = ONE if own <= 0 else EXACT.add(ONE, PRECISE.divide(moved, own))
    on_demand = PRECISE.multiply(base.on_demand, max(left, NOTHING))
    coverage = base.coverage if levers.coverage is None else levers.coverage
    paid = PRECISE.divide(EXACT.subtract(ONE, base.discount), base.utilization)
    saved = PRECISE.multiply(on_demand, EXACT.subtract(ONE, paid))
    covered = -PRECISE.multiply(EXACT.subtract(coverage, base.coverage), saved)
    bare = PRECISE.multiply(on_demand, EXACT.subtract(ONE, coverage))
    return covered, PRECISE.multiply(bare, levers.price)


def solve(base: Base, levers: Levers, lever: str, *, target: Decimal) -> Decimal | None:
    """Where a lever must stand for a unit to cost the target, the others staying; None if nowhere.

    Cost less target x units is a straight line in each lever by itself.
    """
    return _root(base, levers, lever, target)


def break_even(base: Base, levers: Levers) -> Decimal | None:
    """How many units earn just what they cost; None where no volume does."""
    price = base.price
    if price is None:
        return None
    demand = _root(base, levers, "demand", price)
    if demand is None or demand < -ONE:
        return None
    return PRECISE.multiply(base.units, EXACT.add(ONE, demand))


def _root(base: Base, levers: Levers, lever: str, target: Decimal) -> Decimal | None:
    if lever not in ORDER:
        message = f"There is no lever {lever!r}."
        raise UsageError(message, remedy=f"Levers: {', '.join(ORDER)}.")
    zero, one = (_above(base, at(levers, lever, place), target) for place in (NOTHING, ONE))
    slope = EXACT.subtract(one, zero)
    return PRECISE.divide(-zero, slope) if slope else None


def _above(base: Base, levers: Levers, target: Decimal) -> Decimal:
    """How far the cost lies above what the units may cost."""
    found = pull(base, levers)
    return EXACT.subtract(found.cost, PRECISE.multiply(found.units, target))


def at(levers: Levers, lever: str, place: Decimal) -> Levers:
    """The levers with one of them elsewhere."""
    return replace(levers, **{lever: place})  # type: ignore[arg-type]


class Swing(NamedTuple):
    """What the cost would be with one lever at either bound, the others where they stand."""

    lever: str
    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        """How much it matters."""
        return abs(EXACT.subtract(self.high, self.low))


Bounds = dict[str, tuple[Decimal, Decimal]]


def tornado(base: Base, levers: Levers, bounds: Bounds) -> tuple[Swing, ...]:
    """What each lever can make of the cost within its bounds, what matters most first."""
    found = [
        Swing(name, *(pull(base, at(levers, name, place)).cost for place in bounds[name]))
        for name in ORDER
        if name in bounds
    ]
    return tuple(sorted(found, key=lambda swing: (-swing.width, ORDER.index(swing.lever))))


def moved(base: Base, levers: Levers) -> tuple[str, ...]:
    """The levers that are not where they are now, in their order."""
    rest = {"shared": base.share, "coverage": base.coverage}
    found = {field.name: getattr(levers, field.name) for field in fields(Levers)}
    return tuple(name for name in ORDER if found[name] not in {None, rest.get(name, NOTHING)})

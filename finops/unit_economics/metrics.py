"""Unit metrics: what one unit of a product cost and earned in a month, in all and by segment.

Cost and units are of the same days: a day that lacks the units of any segment is left out of both,
and counted. A gap is never a zero.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import split
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import RateMissing
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.unit_economics.model import Point
from finops.unit_economics.ratios import margin
from finops.unit_economics.ratios import quotient

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from finops.exchange.conversion import Converter
    from finops.ingestion.metric_gaps import Series
    from finops.unit_economics.costs import Costs

NOTHING = Decimal(0)
_DAY = timedelta(days=1)


class Segment(NamedTuple):
    """A segment of a product in a month: its units, what they earned and what serving them cost.

    `revenue` is None where nobody told it.
    """

    name: str
    units: Decimal
    revenue: Decimal | None
    cost: Decimal

    @property
    def unit_cost(self) -> Decimal | None:
        """What a unit cost."""
        return quotient(self.cost, self.units)

    @property
    def margin(self) -> Decimal | None:
        """What is left of its revenue, as a share of it."""
        return None if self.revenue is None else margin(self.revenue, self.cost)

    @property
    def at_a_loss(self) -> bool:
        """Whether serving it costs more than it earns."""
        return self.revenue is not None and self.revenue < self.cost


@dataclass(frozen=True, kw_only=True)
class UnitCost:
    """A product's units of one kind in a month, and what they cost on the days that have both.

    `missing` are the days of the month (its first day, where it is told by the month) without
    units or without charges; `left_out` is what the product cost on them.
    """

    product: str
    unit: str
    period: BillingPeriod
    currency: str
    days: int
    missing: tuple[date, ...]
    left_out: Decimal
    segments: tuple[Segment, ...]

    @property
    def cost(self) -> Decimal:
        """What the days with units cost."""
        return total(one.cost for one in self.segments)

    @property
    def units(self) -> Decimal:
        """Units of those days."""
        return total(one.units for one in self.segments)

    @property
    def revenue(self) -> Decimal | None:
        """What those units earned; None where a segment's revenue is not known."""
        told = [one.revenue for one in self.segments if one.revenue is not None]
        return total(told) if told and len(told) == len(self.segments) else None

    @property
    def average(self) -> Decimal | None:
        """What a unit cost; None where there are none."""
        return quotient(self.cost, self.units)

    @property
    def margin(self) -> Decimal | None:
        """What is left of revenue, as a share of it."""
        return None if self.revenue is None else margin(self.revenue, self.cost)

    @property
    def whole(self) -> bool:
        """Whether no day is missing."""
        return not self.missing

    def ranked(self) -> tuple[Segment, ...]:
        """The segments by margin, the worst first; those whose margin nobody knows last."""
        return tuple(
            sorted(self.segments, key=lambda one: (one.margin is None, one.margin or 0, one.name))
        )


def products(found: Iterable[Series]) -> tuple[tuple[str, str], ...]:
    """Every product and unit that is counted, each once."""
    return tuple(sorted({(one.product, one.unit) for one in found if one.kind is Kind.UNITS}))


def unit_cost(
    costs: Costs,
    found: Sequence[Series],
    product: tuple[str, str],
    period: BillingPeriod,
    converter: Converter,
) -> UnitCost:
    """What a unit of a product cost in a month; it is without segments where nothing is known.

    `product` names the product and its unit.
    """
    mine = [one for one in found if (one.product, one.unit) == product]
    counted = [one for one in mine if one.kind is Kind.UNITS]
    whole, missing = _days(counted, period, costs.through)
    units = {one.segment: _sum(one, whole, period) for one in counted if _speaks(one, whole)}
    cost = costs.of(product[0], whole)
    earned = {name: _revenue(mine, name, units[name], period, converter) for name in units}
    if missing:
        earned = {name: _priced(mine, name, units[name], period, converter) for name in units}
    return UnitCost(
        product=product[0],
        unit=product[1],
        period=period,
        currency=costs.currency,
        days=len(whole),
        missing=missing,
        left_out=costs.of(product[0], _left(period, whole, costs.through)),
        segments=_segments(units, earned, cost, costs.currency),
    )


def whole_points(
    costs: Costs, found: Sequence[Series], product: tuple[str, str]
) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The days, and the months, of which both units and usage are whole, the earliest first."""
    counted = [
        one for one in found if (one.product, one.unit) == product and one.kind is Kind.UNITS
    ]
    usage = costs.usage.get(product[0], {})
    if not (counted and usage):
        return (), ()
    first = BillingPeriod.of(max(min(usage), *(one.first for one in counted)))
    last = BillingPeriod.of(min(one.last for one in counted))
    days: list[Point] = []
    months: list[Point] = []
    for period in first.to(last):
        whole, missing = _days(counted, period, costs.through)
        units = [_sum(one, whole, period) for one in counted]
        if whole and not missing:
            of_month = total(usage.get(day, NOTHING) for day in whole)
            months.append(Point(period.start, total(units), of_month))
        if counted[0].grain is Grain.DAY:
            days += [_point(counted, day, usage) for day in whole if day in usage]
    return tuple(days), tuple(months)


def cost_to_serve(
    direct: Sequence[Decimal], pools: Sequence[tuple[Decimal, Sequence[Decimal]]], currency: str
) -> tuple[Decimal, ...]:
    """What serving each customer costs: its own cost, and of each pool its share by use.

    A pool is its amount and how much of it each customer used; shares add up to the cent.
    """
    shares = [split(amount, used, minor_unit(currency)) for amount, used in pools]
    return tuple(total(row) for row in zip(direct, *shares, strict=True))


def _point(counted: Sequence[Series], day: date, usage: dict[date, Decimal]) -> Point:
    units = total(dict(one.figures).get(day, NOTHING) for one in counted)
    return Point(day, units, usage[day])


def _days(
    counted: Sequence[Series], period: BillingPeriod, through: date
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days of a month that have every segment's units and charges; and what is missing."""
    every = tuple(period.start + n * _DAY for n in range(period.days))
    there = [one for one in counted if one.first < period.end]
    if not there:
        return (), every
    if any(one.grain is Grain.MONTH for one in there):
        known = all(period.start in dict(one.figures) for one in there if one.grain is Grain.MONTH)
        return (every, ()) if known and through >= period.end else ((), (period.start,))
    known_days = set.intersection(*(_known(one, every) for one in there))
    whole = tuple(day for day in every if day in known_days and day < through)
    return whole, tuple(day for day in every if day not in whole)


def _known(one: Series, days: Sequence[date]) -> set[date]:
    """The days a series speaks of; before its first it sold nothing, which is no gap."""
    told = {day for day, _ in one.figures}
    return {day for day in days if day in told or day < one.first}


def _left(period: BillingPeriod, whole: Sequence[date], through: date) -> list[date]:
    every = (period.start + n * _DAY for n in range(period.days))
    return [day for day in every if day not in set(whole) and day < through]


def _speaks(one: Series, whole: Sequence[date]) -> bool:
    return bool(whole) and one.first <= whole[-1]


def _sum(one: Series, days: Sequence[date], period: BillingPeriod) -> Decimal:
    """What a series comes to on some days of a month."""
    if one.grain is Grain.MONTH:
        return dict(one.figures).get(period.start, NOTHING) if days else NOTHING
    wanted = set(days)
    return total(amount for day, amount in one.figures if day in wanted)


def _revenue(
    mine: Sequence[Series], segment: str, units: Decimal, period: BillingPeriod, to: Converter
) -> Decimal | None:
    """What a segment earned in a whole month: as told, else its units at their price."""
    told = [
        (amount, one.currency)
        for one in mine
        if one.kind is Kind.REVENUE and one.segment == segment and not _gaps(one, period)
        for month, amount in one.by_month()
        if month == period
    ]
    if not told:
        return _priced(mine, segment, units, period, to)
    return _converted(told, period, to)


def _priced(
    mine: Sequence[Series], segment: str, units: Decimal, period: BillingPeriod, to: Converter
) -> Decimal | None:
    """A segment's units at their price of the month; None where none is told."""
    prices = [
        (EXACT.multiply(amount, units), one.currency)
        for one in mine
        if one.kind is Kind.PRICE and one.segment == segment and one.grain is Grain.MONTH
        for day, amount in one.figures
        if BillingPeriod.of(day) == period
    ]
    return _converted(prices, period, to) if prices else None


def _converted(
    told: Iterable[tuple[Decimal, str]], period: BillingPeriod, to: Converter
) -> Decimal | None:
    """Amounts in the costs' currency; None where a rate is missing."""
    try:
        return total(to.convert(n, currency=code, month=str(period)) for n, code in told)
    except RateMissing:
        return None


def _gaps(one: Series, period: BillingPeriod) -> bool:
    return any(BillingPeriod.of(day) == period for day in one.missing)


def _segments(
    units: dict[str, Decimal], earned: dict[str, Decimal | None], cost: Decimal, currency: str
) -> tuple[Segment, ...]:
    """The cost shared by units, to the cent; nothing where there are no units."""
    if not total(units.values()):
        return ()
    shares: dict[str, Decimal] = defaultdict(Decimal)
    names = sorted(units)
    weights = [units[name] for name in names]
    shares |= zip(names, split(cost, weights, minor_unit(currency)), strict=True)
    return tuple(Segment(name, units[name], earned[name], shares[name]) for name in names)

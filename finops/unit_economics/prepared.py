"""Prepared: all that a product's levers need, asked once; moving a lever asks nothing more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.errors import UsageError
from finops.measures import Query
from finops.unit_economics import assumed
from finops.unit_economics import metrics
from finops.unit_economics.allowance import Allowance
from finops.unit_economics.allowance import amount_of
from finops.unit_economics.coefficients import edited
from finops.unit_economics.costs import CATEGORY
from finops.unit_economics.costs import COST
from finops.unit_economics.costs import costs_of
from finops.unit_economics.costs import PRODUCT
from finops.unit_economics.costs import question
from finops.unit_economics.costs import SERVICE
from finops.unit_economics.costs import USAGE
from finops.unit_economics.levers import Base
from finops.unit_economics.levers import Bounds
from finops.unit_economics.model import fitted
from finops.unit_economics.model import Method
from finops.unit_economics.model import Model
from finops.unit_economics.model import Point
from finops.unit_economics.model import slope
from finops.unit_economics.rates import rates_of
from finops.unit_economics.ratios import PRECISE
from finops.unit_economics.ratios import quotient

if TYPE_CHECKING:
    from finops.core.period import BillingPeriod
    from finops.unit_economics.costs import Costs
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.rates import Rates
    from finops.unit_economics.sources import Sources

MONTHS, WINDOW = 13, 120
"""How many months a trend shows, and of how many days before a month's end a fit is made."""
NOBODY = "UNALLOCATED"
_NOTHING, _ONE = Decimal(0), Decimal(1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A product's month: its unit cost, the months before, its cost model and its levers."""

    now: UnitCost
    trend: tuple[UnitCost, ...]
    model: Model
    base: Base
    bounds: Bounds
    assumptions: tuple[str, ...]
    allowance: Allowance | None
    snapshot: str

    @property
    def marginal(self) -> Decimal | None:
        """What one more unit costs; None where nobody knows."""
        return self.model.variable if self.model.known else None

    @property
    def elasticity(self) -> Decimal | None:
        """By how many percent cost moves for one of volume; None where nobody knows."""
        return quotient(self.base.variable, self.base.cost) if self.model.known else None

    def spread(self, units: Decimal) -> Decimal:
        """How far the cost at so many units may lie off, either way, by the fit's interval."""
        width = max(self.model.high - self.model.variable, self.model.variable - self.model.low)
        return PRECISE.multiply(abs(units - self.base.units), width)

    def outside(self, units: Decimal) -> bool:
        """Whether so many units a month are more or fewer than were ever seen a day (or month)."""
        days = Decimal(self.now.days or 1) if self.model.method is Method.DAILY else _ONE
        return self.model.outside(PRECISE.divide(units, days))


def history(sources: Sources, period: BillingPeriod) -> Costs:
    """Costs by product and day of the months up to a month."""
    asked = question(period.plus(1 - MONTHS).start, period.end, sources.rule)
    return costs_of(sources.ask(sources.dataset, asked))


def trend(
    sources: Sources, costs: Costs, product: tuple[str, str], period: BillingPeriod
) -> tuple[UnitCost, ...]:
    """A product's unit cost in the months up to a month, those that nobody tells left out."""
    to = sources.converter(costs.currency)
    months = period.plus(1 - MONTHS).to(period)
    found = (metrics.unit_cost(costs, sources.series, product, month, to) for month in months)
    return tuple(one for one in found if one.average is not None or one.period == period)


def prepare(sources: Sources, product: tuple[str, str], period: BillingPeriod) -> Prepared:
    """All that a product's levers start from in a month.

    Raises:
        UsageError: no units of such a product are in.
    """
    if product not in metrics.products(sources.series):
        message = f"No units of {' '.join(product)} are in."
        raise UsageError(message, remedy="Bring them with `finops metrics add FILE`.")
    costs = history(sources, period)
    found = trend(sources, costs, product, period)
    now = found[-1]
    days, months = metrics.whole_points(costs, sources.series, product)
    first = period.end - WINDOW * _DAY
    used = tuple(point for point in days if first <= point.day < period.end)
    model = _model(sources, fitted(used, months), now)
    rates = rates_of(sources, product[0], period)
    base, notes = _base(sources, costs, now, model, rates)
    return Prepared(
        now=now,
        trend=found,
        model=model,
        base=base,
        bounds=assumed.bounds(base, found),
        assumptions=(*assumed.sentences(now, model, base), *notes),
        allowance=_allowance(sources, costs, product[0], period),
        snapshot=sources.dataset.snapshot.id,
    )


def _model(sources: Sources, model: Model, now: UnitCost) -> Model:
    """The fitted model, or what somebody declared in its place."""
    for said in sources.coefficients:
        if (said.product, said.unit) == (now.product, now.unit):
            return edited(model, said, cost=now.cost, units=now.units)
    return model


def _base(
    sources: Sources, costs: Costs, now: UnitCost, model: Model, rates: Rates
) -> tuple[Base, tuple[str, ...]]:
    """Where the levers start; rates of a month with gaps are those of its whole days."""
    month = costs.of(now.product, _every(now))
    part = quotient(now.cost, month) or _NOTHING
    on_demand = PRECISE.multiply(rates.on_demand, part)
    variable = min(PRECISE.multiply(model.variable, now.units), now.cost)
    base = Base(
        cost=now.cost,
        units=now.units,
        revenue=now.revenue or _NOTHING,
        variable=variable,
        services=_services(sources, now, model, variable),
        worklist=PRECISE.multiply(rates.elsewhere, part),
        pool=costs.of(NOBODY, _every(now)) if now.product else _NOTHING,
        on_demand=on_demand,
        coverage=quotient(rates.covered, rates.on_demand) or _NOTHING,
        discount=max(rates.discount, _NOTHING),
        utilization=rates.utilization,
    )
    gap = now.left_out and now.cost
    return base, (assumed.gap(now),) if gap else ()


def _services(
    sources: Sources, now: UnitCost, model: Model, variable: Decimal
) -> tuple[tuple[str, Decimal], ...]:
    """The part that follows volume by service: each service's own slope on the same days."""
    if not model.known or not now.product:
        return ()
    points = {point.day: point for point in model.points} if model.method is Method.DAILY else {}
    if not points:
        return ()
    asked = Query(
        measures=(COST,),
        by=(SERVICE, CATEGORY),
        where=((PRODUCT, now.product),),
        start=min(points),
        end=max(points) + _DAY,
        rule=sources.rule,
        grain="day",
    )
    by_service: dict[str, dict[date, Decimal]] = defaultdict(dict)
    for when, service, category, amount in sources.ask(sources.dataset, asked).rows:
        if category == USAGE and isinstance(amount, Decimal):
            by_service[str(service)][date.fromisoformat(str(when))] = amount
    found = {
        name: slope([_at(point, days.get(day, _NOTHING)) for day, point in points.items()])
        for name, days in by_service.items()
    }
    amounts = {name: EXACT.multiply(one, now.units) for name, one in found.items()}
    kept = {name: min(one, variable) for name, one in amounts.items() if one > variable / 100}
    return tuple(sorted(kept.items(), key=lambda one: (-one[1], one[0])))


def _at(point: Point, cost: Decimal) -> Point:
    return point._replace(cost=cost)


def _every(now: UnitCost) -> list[date]:
    return [now.period.start + n * _DAY for n in range(now.period.days)]


def _allowance(
    sources: Sources, costs: Costs, product: str, period: BillingPeriod
) -> Allowance | None:
    organization = sources.organization
    to = sources.converter(costs.currency)
    found = amount_of(sources.budgets, product, organization, year=period.start, to=to)
    if found is None:
        return None
    calendar = organization.fiscal_calendar
    year = calendar.year_of(period.start)
    start, end = calendar.first_day(year), calendar.first_day(year + 1)
    through = min(costs.through, period.end)
    days = [start + n * _DAY for n in range(max((through - start).days, 0))]
    return Allowance(
        amount=found[0], spent=costs.of(product, days), through=through, end=end, whose=found[1]
    )

"""Driven: what more or less demand alone changed of a scope's cost, where its units tell.

By IPMVP's whole-scope option (domain.md 8): the frozen baseline is told anew at the later month's
units, and at the price before. Adjusted baseline = fixed per day x days + variable x units, which
is the frozen cost per day x days, plus what a unit adds times the units beyond that.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from statistics import fmean
from statistics import pvariance
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.measures import ask
from finops.measures import Query
from finops.measures.names import conditions
from finops.unit_economics.costs import CATEGORY
from finops.unit_economics.costs import COST
from finops.unit_economics.costs import Costs
from finops.unit_economics.costs import costs_of
from finops.unit_economics.costs import EVERYTHING
from finops.unit_economics.costs import PRODUCT
from finops.unit_economics.metrics import whole_points
from finops.unit_economics.model import fitted
from finops.unit_economics.ratios import PRECISE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.dataset import Dataset
    from finops.ingestion.metric_gaps import Series
    from finops.operations.decisions import Decision
    from finops.unit_economics.model import Model

WINDOW = timedelta(days=120)
"""How many days before the frozen month's end the slope is told from."""
EXPLAINS, STRAYS = Decimal("0.5"), 0.25
"""Volume must explain at least so much of the days' cost, and the line stray from it no more."""

_TEAM = "x_Team"


class Demand(NamedTuple):
    """What a unit adds to a scope's cost, and how many more there were than the frozen days had."""

    driver: str
    variable: Decimal
    moved: Decimal

    @property
    def amount(self) -> Decimal:
        """What demand alone added to the month's cost; below zero where there was less of it."""
        return PRECISE.multiply(self.variable, self.moved)


def demand(
    dataset: Dataset, counted: Sequence[Series], decision: Decision, month: BillingPeriod
) -> Demand | None:
    """How demand moved a decision's scope since its frozen month.

    None where its scope names no product that is counted, days are missing, or its cost does not
    follow the units well enough: then nothing is adjusted.
    """
    if decision.baseline is None or decision.measure != COST:
        return None
    frozen = BillingPeriod.parse(decision.baseline.month)
    units = _units(dataset, counted, decision)
    before, after = (_of(units, one) for one in (frozen, month))
    if before is None or after is None:
        return None
    model = _model(dataset, units, decision, frozen)
    if not _good(model):
        return None
    even = PRECISE.divide(EXACT.multiply(before, Decimal(month.days)), Decimal(frozen.days))
    driver = f"{units[0].product} {units[0].unit}"
    return Demand(driver, model.variable, EXACT.subtract(after, even))


def _units(dataset: Dataset, counted: Sequence[Series], decision: Decision) -> list[Series]:
    """The daily units of the product that the scope is of; a team's is the one that it makes."""
    named = dict(conditions(dataset, decision.scope))
    teams = {one.id: one.product for one in dataset.organization.teams}
    product = named.get(PRODUCT) or teams.get(named.get(_TEAM, ""))
    mine = [
        one
        for one in counted
        if product and one.product == product and one.kind is Kind.UNITS and one.grain is Grain.DAY
    ]
    return [one for one in mine if one.unit == mine[0].unit]


def _of(units: Sequence[Series], month: BillingPeriod) -> Decimal | None:
    """The units of a whole month; None where a day is missing or nothing was counted."""
    if any(BillingPeriod.of(day) == month for one in units for day in one.missing):
        return None
    told = [dict(one.by_month()).get(month) for one in units]
    known = [one for one in told if one is not None]
    return total(known) if known else None


def _model(
    dataset: Dataset, units: Sequence[Series], decision: Decision, frozen: BillingPeriod
) -> Model:
    """How the scope's days until the end of the frozen month follow the units."""
    asked = Query(
        measures=(COST,),
        by=(PRODUCT, CATEGORY),
        where=conditions(dataset, decision.scope),
        start=frozen.end - WINDOW,
        end=frozen.end,
        grain="day",
    )
    found = costs_of(ask(dataset, asked))
    name = units[0].product
    costs = Costs(
        currency=found.currency,
        days={name: found.days.get(EVERYTHING, {})},
        usage={name: found.usage.get(EVERYTHING, {})},
        through=found.through,
    )
    days, _ = whole_points(costs, tuple(units), (name, units[0].unit))
    return fitted(days, ())


def _good(model: Model) -> bool:
    """Whether the line is fit for a baseline: it explains enough and strays little (CV(RMSE))."""
    if not model.known or model.fit is None or model.fit < EXPLAINS:
        return False
    costs = [float(point.cost) for point in model.points]
    left = (1 - float(model.fit)) * pvariance(costs)
    return bool(left**0.5 <= STRAYS * fmean(costs))

"""Retrospective: what happened in a sprint or a month, beside what cost and unit cost did then.

It ends in decisions, which name it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.ingestion.events import events_of
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import metrics_of
from finops.measures import ask
from finops.measures import Query
from finops.measures import variance
from finops.measures.causes import Cause
from finops.measures.window import former
from finops.operations.beside import days_of
from finops.operations.beside import happened
from finops.operations.beside import usage_of
from finops.operations.beside import WEEK
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.unit_economics.costs import CATEGORY
from finops.unit_economics.costs import COST
from finops.unit_economics.costs import costs_of
from finops.unit_economics.costs import question
from finops.unit_economics.metrics import products
from finops.unit_economics.ratios import quotient
from finops.unit_economics.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.ingestion.events import Event
    from finops.measures.variance import Step
    from finops.measures.variance import Variance
    from finops.measures.window import Window
    from finops.operations.beside import Beside
    from finops.operations.beside import Usage
    from finops.operations.entries import Log
    from finops.operations.spans import Span
    from finops.unit_economics.costs import Costs
    from finops.unit_economics.sources import Sources

USE = (Cause.VOLUME, Cause.DEMAND, Cause.EFFICIENCY, Cause.NEW, Cause.RETIRED)
"""The causes that people bring about by using more, less or other things."""

_TEAM = "x_Team"
_DAY = timedelta(days=1)


class UnitMove(NamedTuple):
    """What a unit of a product cost in the span before and in this one; None where untold."""

    product: str
    unit: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Retrospective:
    """A span beside the one before it; amounts in one currency.

    `through` is the day after the last that has charges: before the span's end, days lack.
    """

    span: Span
    before: Window
    currency: str
    start: Decimal
    end: Decimal
    steps: tuple[Step, ...]
    units: tuple[UnitMove, ...]
    events: tuple[Beside, ...]
    decided: tuple[Decision, ...]
    through: date
    snapshot: str

    @property
    def last(self) -> date:
        """The last day that has charges."""
        return self.through - _DAY

    @property
    def change(self) -> Decimal:
        """How much more it cost than the span before."""
        return EXACT.subtract(self.end, self.start)

    @property
    def used(self) -> Decimal:
        """How much of that is more or less use; the rest is prices, days, fees and corrections."""
        return total(one.amount for one in self.steps if one.cause in USE)

    @property
    def whole(self) -> bool:
        """Whether every day of the span has charges."""
        return self.through >= self.span.days.end


def of_workspace(workspace: Workspace, dataset: Dataset, span: Span) -> Retrospective:
    """The same of all that a workspace knows, as the dataset's snapshot has it."""
    counted = series(metrics_of(workspace, dataset.snapshot))
    return look_back(
        sources(workspace, dataset, counted, ask=ask),
        events_of(workspace, dataset.snapshot),
        log_of(workspace),
        span,
    )


def look_back(of: Sources, events: Iterable[Event], log: Log, span: Span) -> Retrospective:
    """The events of a span beside what cost and unit costs did, and what was decided of it.

    Raises:
        UsageError: there are no charges to compare, or they are in several currencies.
        RateMissing: a conversion is needed and there is no rate.
    """
    before = former(span.days)
    moved = _moved(of, span)
    costs = costs_of(of.ask(of.dataset, question(before.start, span.days.end, of.rule)))
    return Retrospective(
        span=span,
        before=before,
        currency=moved.currency,
        start=moved.start,
        end=moved.end,
        steps=moved.steps,
        units=tuple(_units(of, costs, span, before)),
        events=happened(events, span, _usage(of, span), costs.through),
        decided=tuple(one for one in log.of(Decision) if one.retrospective == span.key),
        through=costs.through,
        snapshot=moved.receipt.snapshot,
    )


def _moved(of: Sources, span: Span) -> Variance:
    asked = Query(
        measures=(COST,),
        where=((_TEAM, span.team),) if span.team else (),
        start=span.days.start,
        end=span.days.end,
        rule=of.rule,
    )
    return variance.explain(of.dataset, asked)


def _usage(of: Sources, span: Span) -> Usage:
    """What each team's usage cost by day, around the span."""
    asked = Query(
        measures=(COST,),
        by=(_TEAM, CATEGORY),
        start=span.days.start - WEEK,
        end=span.days.end + WEEK,
        rule=of.rule,
        grain="day",
    )
    return usage_of(of.ask(of.dataset, asked).rows)


def _units(of: Sources, costs: Costs, span: Span, before: Window) -> Iterator[UnitMove]:
    """Each counted product of the team, or each that there is, where a unit is counted by day."""
    product = next((t.product for t in of.organization.teams if t.id == span.team), None)
    for name, unit in products(of.series):
        if not span.team or name == product:
            then, now = (_unit(of, costs, (name, unit), days) for days in (before, span.days))
            if then is not None or now is not None:
                yield UnitMove(name, unit, then, now)


def _unit(of: Sources, costs: Costs, product: tuple[str, str], days: Window) -> Decimal | None:
    """What a unit cost on those days that have both its cost and all its units."""
    counted = [
        dict(one.figures)
        for one in of.series
        if (one.product, one.unit) == product and (one.kind, one.grain) == (Kind.UNITS, Grain.DAY)
    ]
    whole = [
        day
        for day in days_of(days.start, min(days.end, costs.through))
        if counted and all(day in told for told in counted)
    ]
    units = total(told[day] for told in counted for day in whole)
    return quotient(costs.of(product[0], whole), units)

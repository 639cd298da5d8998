"""Retrospective: what happened in a sprint or a month, beside what cost and unit cost did then.

It blames nobody and proves nothing: each event stands beside what its team's usage cost on a day in
the week before it and in the week from it on. It ends in decisions, which name it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import UsageError
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
from finops.measures.window import Window
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.unit_economics.costs import CATEGORY
from finops.unit_economics.costs import COST
from finops.unit_economics.costs import costs_of
from finops.unit_economics.costs import question
from finops.unit_economics.costs import USAGE
from finops.unit_economics.metrics import products
from finops.unit_economics.ratios import quotient
from finops.unit_economics.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.ingestion.events import Event
    from finops.measures.variance import Step
    from finops.measures.variance import Variance
    from finops.operations.entries import Log
    from finops.unit_economics.costs import Costs
    from finops.unit_economics.sources import Sources

WEEK = timedelta(days=7)
"""An event stands between so many days before it and so many from it on."""

USE = (Cause.VOLUME, Cause.DEMAND, Cause.EFFICIENCY, Cause.NEW, Cause.RETIRED)
"""The causes that people bring about by using more, less or other things."""

EVERYBODY = ""
"""The team of what concerns them all."""

_TEAM = "x_Team"
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """What is looked back at: a team's sprint, or a month of a team or of everybody."""

    team: str
    name: str
    days: Window

    @property
    def key(self) -> str:
        """What a decision that came out of it names: `search Search 2026-22`, `all 2026-10`."""
        return f"{self.team or 'all'} {self.name}"


class Beside(NamedTuple):
    """An event, and what a day of its team's usage cost before it and from it on.

    None where no day of that week has charges.
    """

    event: Event
    before: Decimal | None
    after: Decimal | None


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


def spans(dataset: Dataset, team: str, today: date) -> list[Span]:
    """What a team can look back at, the latest first: its sprints that are over, and months.

    The first is left out, as there is nothing before it.

    Raises:
        UsageError: there is no such team.
    """
    organization = dataset.organization
    if team and team not in {one.id for one in organization.teams}:
        message = f"There is no team {team!r}."
        raise UsageError(message)
    known = sorted({BillingPeriod.parse(one.month) for one in dataset.snapshot.charges})[1:]
    found = [Span(team, str(one), Window(one.start, one.end)) for one in known if one.end <= today]
    start = known[0].start if known else today
    for calendar in organization.sprint_calendars:
        if calendar.team == team:
            every = calendar.sprints(start, today)
            found += [
                Span(team, one.name, Window(one.start, one.end))
                for one in every
                if one.end <= today and one.start >= start
            ]
    return sorted(found, key=lambda one: (one.days.end, one.days.start), reverse=True)


def named(every: list[Span], name: str) -> Span:
    """The span of that name; without one the latest.

    Raises:
        UsageError: there is none.
    """
    found = next((one for one in every if name in {"", one.name}), None)
    if found is None:
        some = ", ".join(one.name for one in every[:5])
        message = f"There is no sprint or month {name!r} to look back at."
        raise UsageError(message, remedy=f"There are: {some}." if some else "Bring a bill first.")
    return found


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
    mine = [one for one in events if _concerns(one, span)]
    usage = _usage(of, span)
    return Retrospective(
        span=span,
        before=before,
        currency=moved.currency,
        start=moved.start,
        end=moved.end,
        steps=moved.steps,
        units=tuple(_units(of, costs, span, before)),
        events=tuple(_beside(one, usage, costs.through) for one in mine),
        decided=tuple(one for one in log.of(Decision) if one.retrospective == span.key),
        through=costs.through,
        snapshot=moved.receipt.snapshot,
    )


def _concerns(event: Event, span: Span) -> bool:
    """Whether an event is of these days and of this team; what is everybody's is each one's."""
    mine = not span.team or event.team in {span.team, EVERYBODY}
    return mine and span.days.start <= event.day < span.days.end


def _moved(of: Sources, span: Span) -> Variance:
    asked = Query(
        measures=(COST,),
        where=((_TEAM, span.team),) if span.team else (),
        start=span.days.start,
        end=span.days.end,
        rule=of.rule,
    )
    return variance.explain(of.dataset, asked)


def _usage(of: Sources, span: Span) -> dict[str, dict[date, Decimal]]:
    """What each team's usage cost by day, around the span; fees of a month stand on one day."""
    asked = Query(
        measures=(COST,),
        by=(_TEAM, CATEGORY),
        start=span.days.start - WEEK,
        end=span.days.end + WEEK,
        rule=of.rule,
        grain="day",
    )
    found: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for when, team, category, amount in of.ask(of.dataset, asked).rows:
        if category == USAGE and isinstance(amount, Decimal):
            for name in {str(team or ""), EVERYBODY}:
                day = date.fromisoformat(str(when))
                found[name][day] = total((found[name][day], amount))
    return found


def _beside(event: Event, usage: dict[str, dict[date, Decimal]], through: date) -> Beside:
    known = usage.get(event.team, {})
    before = [known[day] for day in _days(event.day - WEEK, event.day) if day in known]
    end = min(event.day + WEEK, max(through, max(known, default=event.day) + _DAY))
    after = [known[day] for day in _days(event.day, end) if day in known]
    return Beside(event, _mean(before), _mean(after))


def _mean(amounts: list[Decimal]) -> Decimal | None:
    return quotient(total(amounts), Decimal(len(amounts)))


def _days(start: date, end: date) -> Iterator[date]:
    for place in range((end - start).days):
        yield start + place * _DAY


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
        for day in _days(days.start, min(days.end, costs.through))
        if counted and all(day in told for told in counted)
    ]
    units = total(told[day] for told in counted for day in whole)
    return quotient(costs.of(product[0], whole), units)

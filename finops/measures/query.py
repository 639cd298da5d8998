"""Query: measures by dimensions, over a period, on an axis, in a currency; the one way to a number.

The command line, the pages and the questions in plain words all come through `ask`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.core.measure import Measure
from finops.core.measure import Unit
from finops.core.scope import Scope
from finops.errors import UsageError
from finops.exchange.rule import USUAL
from finops.measures import catalogue
from finops.measures import names
from finops.measures.fold import fold
from finops.measures.receipt import Receipt
from finops.measures.statement import Plan

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.dataset import Part
    from finops.exchange.rule import RateRule
    from finops.measures.fold import Folded

REPORTING, BILLING = "reporting", "billing"
CURRENCY = "BillingCurrency"


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is asked. `start` and `end` are days, the end exclusive; `period` stands for both.

    Without an axis each measure's own is taken, if they agree. `currency` is an ISO code,
    `reporting` for the organization's, or `billing` for each charge's own; `rule` says which rates
    convert into it.
    """

    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    start: date | None = None
    end: date | None = None
    period: BillingPeriod | None = None
    axis: Axis | None = None
    currency: str = REPORTING
    rule: RateRule = USUAL
    grain: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Rows of the asked dimensions and measures, sorted by dimension, and their totals.

    Money is a Decimal in `currency`; where that is `billing`, the rows name their currency and a
    measure of money has a total only if there is one currency.
    """

    snapshot: str
    axis: Axis
    currency: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    total: dict[str, Decimal | None]
    receipt: Receipt

    def records(self) -> list[dict[str, object]]:
        """The rows as mappings from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(dataset: Dataset, query: Query) -> Answer:
    """Answer a query from the dataset, to the last digit.

    Raises:
        UsageError: a measure, dimension, grain or axis that does not exist or does not fit.
        RateMissing: a conversion is needed and there is no rate.
    """
    narrowed, plan = planned(dataset, query)
    folded = fold(narrowed, plan)
    return Answer(
        snapshot=dataset.snapshot.id,
        axis=plan.axis,
        currency=plan.currency,
        columns=plan.columns,
        rows=folded.rows,
        total=folded.total,
        receipt=_receipt(dataset, folded, query.rule, narrowed.scopes[-1]),
    )


def planned(dataset: Dataset, query: Query) -> tuple[Dataset, Plan]:
    """The dataset narrowed to what a query asks of, and the query made definite.

    Raises:
        UsageError: a measure, dimension, grain or axis that does not exist or does not fit.
    """
    measures = tuple(dict.fromkeys(catalogue.find(name) for name in query.measures))
    if not measures:
        message = "No measure is asked for."
        raise UsageError(message, remedy="Name one with --measure, for example EffectiveCost.")
    axis = _axis(measures, query.axis)
    plan = Plan(
        measures=measures,
        by=_by(dataset, query, measures),
        grain=_grain(query.grain, axis),
        axis=axis,
        currency=_currency(dataset, query),
        rule=query.rule,
    )
    return dataset.within(_scope(dataset, query, axis)), plan


def _axis(measures: tuple[Measure, ...], asked: Axis | None) -> Axis:
    if asked:
        return asked
    found = {measure.axis for measure in measures if measure.unit is Unit.MONEY} or {Axis.CHARGE}
    if len(found) > 1:
        message = f"{' and '.join(m.name for m in measures)} are counted on two time axes."
        raise UsageError(message, remedy="Choose one with --axis billing or --axis charge.")
    return found.pop()


def _scope(dataset: Dataset, query: Query, axis: Axis) -> Scope:
    start, end = query.start, query.end
    if query.period:
        if start or end:
            message = "A period and days are asked for at once."
            raise UsageError(message, remedy="Use --period, or --from and --to.")
        start, end = query.period.start, query.period.end
    if start and end and start >= end:
        message = f"The end {end} is not after the start {start}."
        raise UsageError(message, remedy="The end is exclusive: name the day after the last.")
    kept: dict[str, set[str | None]] = {}
    for name, value in query.where:
        kept.setdefault(names.dimension(dataset, name), set()).add(value or None)
    filters = tuple((name, frozenset(values)) for name, values in kept.items())
    return Scope(filters=filters, start=start, end=end, axis=axis)


def _by(
    dataset: Dataset, query: Query, measures: tuple[Measure, ...]
) -> tuple[tuple[str, str], ...]:
    """The dimensions with the names that the answer's columns have: as they were asked for."""
    found = {name: names.dimension(dataset, name) for name in query.by}
    have = set(found.values())
    if any(m.unit is Unit.QUANTITY for m in measures) and "ConsumedUnit" not in have:
        found["ConsumedUnit"] = "ConsumedUnit"
    if (
        query.currency == BILLING
        and CURRENCY not in have
        and any(m.unit is Unit.MONEY for m in measures)
    ):
        found[CURRENCY] = CURRENCY
    return tuple(found.items())


def _grain(asked: str | None, axis: Axis) -> str | None:
    if asked is None:
        return None
    wanted = {"fiscal": "fiscal_period"}.get(asked, asked.replace("-", "_"))
    if wanted not in names.GRAINS:
        message = f"There is no grain {asked!r}."
        raise UsageError(message, remedy="Grains: " + ", ".join(names.GRAINS) + ".")
    if wanted == "day" and axis is Axis.BILLING:
        message = "The billing axis has whole months, and no days."
        raise UsageError(message, remedy="Ask with --axis charge.")
    return wanted


def _currency(dataset: Dataset, query: Query) -> str:
    if query.currency not in {BILLING, REPORTING}:
        return query.currency.upper()
    if query.currency == BILLING or CURRENCY in {names.dimension(dataset, d) for d in query.by}:
        return BILLING
    return reporting(dataset)


def reporting(dataset: Dataset) -> str:
    """The currency that is reported where nobody asks for another."""
    currencies = {sums.currency for part in dataset.snapshot.charges for sums in part.sums}
    if not dataset.organization.name and len(currencies) == 1:
        # Nobody has said which currency is reported: a bill in one currency is told in that.
        return currencies.pop()
    return dataset.organization.reporting_currency


def _receipt(dataset: Dataset, folded: Folded, rule: RateRule, scope: Scope) -> Receipt:
    parts = dataset.snapshot.charges
    return Receipt(
        snapshot=dataset.snapshot.id,
        imports=tuple(sorted({part.import_id for part in parts})),
        charges=folded.charges,
        sql=folded.statements,
        rates=folded.rates,
        rate_rule=rule.told if folded.rates else "",
        unknown=folded.unknown,
        data_through=max((part.end_day for part in parts), default=""),
        restated=_restated(parts, scope),
    )


def _restated(parts: tuple[Part, ...], scope: Scope) -> tuple[str, ...]:
    """The closed months whose adjustments are among what is asked, on the axis it is asked on."""
    start, end = (f"{day}" if day else "" for day in (scope.start, scope.end))
    found = set()
    for part in parts:
        first, last = part.first_day, part.end_day
        if scope.axis is Axis.BILLING:
            first = last = f"{part.month}-01"
        # A billing month lies in the scope as a whole, days of charges as far as they overlap.
        ends = last > start if first < last else last >= start
        if part.adjusts and ends and (not end or first < end):
            found.add(f"{part.adjusts} as restated since its close, booked in {part.month}")
    return tuple(sorted(found))

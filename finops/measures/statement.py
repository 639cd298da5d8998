"""Statement: the one SELECT that a query becomes, over the rollup where it can be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from finops.core.measure import Axis
from finops.core.measure import Unit
from finops.dataset.read import column
from finops.dataset.rollup import BILLING_MONTH
from finops.dataset.rollup import CHARGES
from finops.dataset.rollup import DAY
from finops.dataset.rollup import unknown
from finops.dataset.sql import DIALECT
from finops.dataset.views import LINES
from finops.dataset.views import ROLLUP
from finops.exchange.rule import USUAL
from finops.focus import columns

if TYPE_CHECKING:
    from finops.core.measure import Measure
    from finops.dataset import Dataset
    from finops.exchange.rule import RateRule

CURRENCY = "BillingCurrency"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A query made definite: `by` pairs the name that was asked for with the dimension it means."""

    measures: tuple[Measure, ...]
    by: tuple[tuple[str, str], ...]
    grain: str | None
    axis: Axis
    currency: str
    rule: RateRule = USUAL

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answer: time, dimensions, measures."""
        time = (self.grain,) if self.grain else ()
        return (*time, *(name for name, _ in self.by), *(m.name for m in self.measures))

    @property
    def sums(self) -> tuple[Measure, ...]:
        """The measures that add up, whichever way the charges are grouped."""
        return tuple(m for m in self.measures if m.from_rollup)

    @property
    def distinct(self) -> tuple[Measure, ...]:
        """The measures that must be counted anew for each grouping."""
        return tuple(m for m in self.measures if not m.from_rollup)

    @property
    def costs(self) -> tuple[str, ...]:
        """The costs that the measures read, whose unknowns are told."""
        read = {cost for measure in self.measures for cost in costs(measure)}
        return tuple(cost for cost in columns.MONEY if cost in read)


def costs(measure: Measure) -> tuple[str, ...]:
    """The costs that a measure of money reads."""
    if measure.unit is not Unit.MONEY:
        return ()
    read = _columns(measure.expression)
    return tuple(cost for cost in columns.MONEY if cost in read)


@cache
def _columns(expression: str) -> frozenset[str]:
    """What an expression reads; there are few, and each is asked for row by row."""
    tree = sqlglot.parse_one(expression, read=DIALECT)
    return frozenset(found.name for found in tree.find_all(exp.Column))


def sums(dataset: Dataset, plan: Plan) -> exp.Select:
    """The statement for what adds up: time, dimensions, currency and month, then the sums.

    Currency and month are kept apart so that an amount can be told in another currency; the
    charges and the unknown costs are counted along.
    """
    keys = [time_of(plan), column(CURRENCY), *(column(d) for _, d in plan.by)]
    counts = [f"sum({CHARGES})", *(f"sum({unknown(cost)})" for cost in plan.costs)]
    values = [*(m.expression for m in plan.sums), *counts]
    return grouped(_relation(dataset, plan), keys, values)


def distinct(plan: Plan, *, total: bool = False) -> exp.Select:
    """The statement for what is counted distinct, by time and dimensions, or over everything."""
    keys = [] if total else [column(d) for _, d in plan.by]
    if plan.grain and not total:
        keys.insert(0, time_of(plan))
    return grouped(LINES, keys, [m.expression for m in plan.distinct])


def _relation(dataset: Dataset, plan: Plan) -> str:
    fits = all(dataset.rolls_up(dimension) for _, dimension in plan.by)
    return ROLLUP if fits and not dataset.narrowed_by_lines_only else LINES


def time_of(plan: Plan) -> exp.Condition:
    """What time is grouped by: the billing month, the charge month, or the charge day.

    Fiscal labels are given afterwards, from the days.
    """
    if plan.axis is Axis.BILLING:
        return column(BILLING_MONTH)
    if plan.grain in {None, "month"}:
        return exp.func("date_trunc", exp.Literal.string("month"), column(DAY), dialect=DIALECT)
    return column(DAY)


def grouped(relation: str, keys: list[exp.Condition], values: list[str]) -> exp.Select:
    """Keys as k0, k1, … and, grouped by them, values as v0, v1, … of a relation."""
    named = [exp.alias_(key, f"k{index}") for index, key in enumerate(keys)]
    measured = [
        exp.alias_(sqlglot.parse_one(value, read=DIALECT), f"v{index}")
        for index, value in enumerate(values)
    ]
    question = exp.select(*named, *measured).from_(relation)
    if keys:
        question = question.group_by(*(exp.Literal.number(i + 1) for i in range(len(keys))))
    return question

"""Overruns: budgets that have spent more than their days so far allow."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.ingestion.budgets import holding
from finops.measures import ask
from finops.measures import Query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from finops.ingestion.budgets import Budget
    from finops.operations.material import Material

COST_CENTER = "x_CostCenter"


class Overrun(NamedTuple):
    """What a budget's scope has spent from its first day to `until`, and what those days allow."""

    scope: str
    label: str
    spent: Decimal
    planned: Decimal
    currency: str
    until: date

    @property
    def over(self) -> Decimal:
        """How much more it is."""
        return self.spent - self.planned


def overruns(material: Material) -> Iterator[Overrun]:
    """The budgets of the reviewed month that have spent more than planned, evenly by day."""
    end = material.period.end
    current = [
        one
        for one in holding(material.budgets)
        if one.span.start < end <= one.span.end and one.amount > 0
    ]
    spent = _Spent(material)
    for one in current:
        elapsed, whole = (end - one.span.start).days, (one.span.end - one.span.start).days
        planned = one.amount * elapsed / whole
        found = Overrun(
            one.scope, one.span.label, spent.of(one), planned, one.currency, material.period.end
        )
        if found.over > 0:
            yield found


class _Spent:
    """What scopes cost since a day; each dimension is asked once a day and currency."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._answers: dict[tuple[date, str, str], dict[object, Decimal]] = {}
        centers = material.organization.cost_centers
        self._parents = {one.id: one.parent for one in centers}

    def of(self, budget: Budget) -> Decimal:
        """What the scope of a budget cost, and of a cost center what is below it."""
        dimension, value = budget.narrows
        found = self._by(budget.span.start, dimension, budget.currency)
        if not dimension:
            return sum(found.values(), Decimal(0))
        return sum(
            (found.get(one, Decimal(0)) for one in self._below(dimension, value)), Decimal(0)
        )

    def _by(self, start: date, dimension: str, currency: str) -> dict[object, Decimal]:
        key = (start, dimension, currency)
        if key not in self._answers:
            query = Query(
                measures=("EffectiveCost",),
                by=(dimension,) if dimension else (),
                start=start,
                end=self._material.period.end,
                axis=Axis.CHARGE,
                currency=currency,
            )
            rows = ask(self._material.dataset, query).rows
            self._answers[key] = {
                row[0] if dimension else "": row[-1] for row in rows if isinstance(row[-1], Decimal)
            }
        return self._answers[key]

    def _below(self, dimension: str, value: str) -> set[str]:
        if dimension != COST_CENTER:
            return {value}
        return {value} | {one for one in self._parents if value in self._above(one)}

    def _above(self, center: str) -> Iterator[str]:
        parent = self._parents.get(center)
        while parent is not None:
            yield parent
            parent = self._parents.get(parent)

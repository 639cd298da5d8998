"""Cover: how much of the cost stands under any budget at all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.core.organization import Organization
    from finops.ingestion.budgets import Budget
    from finops.measures import Answer

COST_CENTER = "x_CostCenter"


def of_days(budgets: Iterable[Budget], start: date, end: date) -> tuple[Budget, ...]:
    """The budgets of any of the days from `start` to before `end`."""
    return tuple(one for one in budgets if one.span.start < end and one.span.end > start)


def dimensions(budgets: Iterable[Budget]) -> tuple[str, ...]:
    """The dimensions that their scopes name: what the cost has to be asked by."""
    return tuple(sorted({one.narrows[0] for one in budgets} - {""}))


def covered(
    answer: Answer, budgets: Iterable[Budget], organization: Organization
) -> Decimal | None:
    """The share of the answer's cost that is in the scope of any of the budgets.

    `answer` tells one measure by `dimensions(budgets)`. A budget of a cost center covers those
    below it. None where the whole is not above zero, of which no share can be told.
    """
    scopes = {one.narrows for one in budgets}
    places = {name: place for place, name in enumerate(answer.columns)}
    measure = next(iter(answer.total))
    whole = total(_amount(row[places[measure]]) for row in answer.rows)
    if whole <= 0:
        return None
    under = [
        _amount(row[places[measure]])
        for row in answer.rows
        if ("", "") in scopes or _in_scope(row, places, _widened(scopes, organization))
    ]
    return EXACT.divide(total(under), whole)


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _in_scope(
    row: tuple[object, ...], places: dict[str, int], scopes: set[tuple[str, str]]
) -> bool:
    return any(name in places and row[places[name]] == value for name, value in scopes)


def _widened(scopes: set[tuple[str, str]], organization: Organization) -> set[tuple[str, str]]:
    """The scopes, and of each cost center the ones below it."""
    parents = {one.id: one.parent for one in organization.cost_centers}
    found = set(scopes)
    for center in parents:
        above: str | None = center
        while above is not None:
            if (COST_CENTER, above) in scopes:
                found.add((COST_CENTER, center))
            above = parents.get(above)
    return found

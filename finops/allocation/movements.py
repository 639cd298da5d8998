"""Movements: the resources whose cost moved most against the month before, found from either tree.

A resource is one wherever it is booked: one that a reorganization moved from a cost center to
another has not moved by itself. So finance and engineering find the same movements, each with its
place in their own tree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.allocation.trees import ACCOUNT
from finops.allocation.trees import CENTER
from finops.allocation.trees import RESOURCE
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.measures import ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.dataset import Dataset
    from finops.measures import Query

ONE = (RESOURCE, "ServiceName", "SubAccountName")
"""What tells one resource from another; without an id it is a service of an account."""

FINANCE, ENGINEERING = (CENTER, ACCOUNT), ("x_Team",)
"""Where it lies in each tree."""


class Movement(NamedTuple):
    """One resource with what it cost before and now, in one currency, and its place in a tree."""

    resource: str
    service: str
    account: str
    place: tuple[str, ...]
    before: Decimal
    now: Decimal

    @property
    def by(self) -> Decimal:
        """How far it moved."""
        return EXACT.subtract(self.now, self.before)


def movements(
    dataset: Dataset, asked: Query, before: Query, place: tuple[str, ...]
) -> tuple[Movement, ...]:
    """Every resource whose cost moved, the farthest first, with its `place` in a tree.

    Where it had several places it is shown at the one with most of its cost, of this month first.
    This reads the charges of both periods, and not only their sums.

    Raises:
        UsageError: the measure, the period or the currency do not fit.
        RateMissing: a conversion is needed and there is no rate.
    """
    now, then = (_costs(dataset, query, place) for query in (asked, before))
    found = (
        Movement(
            *one,
            place=_place(now.get(one) or then[one]),
            before=total(then.get(one, {}).values()),
            now=total(now.get(one, {}).values()),
        )
        for one in dict.fromkeys((*now, *then))
    )
    return tuple(sorted((m for m in found if m.by), key=lambda m: (-abs(m.by), m[:3])))


def _costs(
    dataset: Dataset, query: Query, place: tuple[str, ...]
) -> dict[tuple[str, str, str], dict[tuple[str, ...], Decimal]]:
    """What each resource cost at each of its places."""
    found: dict[tuple[str, str, str], dict[tuple[str, ...], Decimal]] = defaultdict(dict)
    for row in ask(dataset, replace(query, by=(*ONE, *place))).rows:
        resource, service, account, *where, cost = row
        one = (_text(resource), _text(service), _text(account))
        found[one][tuple(map(_text, where))] = cost if isinstance(cost, Decimal) else Decimal(0)
    return found


def _place(costs: dict[tuple[str, ...], Decimal]) -> tuple[str, ...]:
    ranked: Iterable[tuple[str, ...]] = sorted(costs, key=lambda place: (-abs(costs[place]), place))
    return next(iter(ranked))


def _text(value: object) -> str:
    return "" if value is None else str(value)

"""Statement: what an owner is shown of a month: direct, shared, commitments, credits, and the sum.

The owner is a team or a cost center. The lines add up to what the allocation says that it bears,
to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.allocated import TeamCost
from finops.core.amount import shortest
from finops.core.amount import total
from finops.errors import UsageError
from finops.ingestion.budgets import holding
from finops.records.canonical import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.allocation.allocated import Allocation
    from finops.ingestion.budgets import Budget

_KINDS = (
    ("direct", "Direct cost"),
    ("unused", "Commitments it bought and left unused"),
    ("credits", "Credits"),
    ("tax", "Tax"),
    ("given", "Taken over by shared pools"),
)
TEAM, CENTER = "x_Team", "x_CostCenter"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a statement, beside the same of the month before."""

    kind: str
    says: str
    amount: Decimal
    before: Decimal


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a team or a cost center bears of a month, in one currency.

    `own` is what its own charges say, before anything is shared: a budget of its scope is a budget
    of that, and is None where there is none.
    """

    team: str
    scope: str
    period: str
    currency: str
    snapshot: str
    measure: str
    lines: tuple[Line, ...]
    total: Decimal
    before: Decimal
    own: Decimal
    own_before: Decimal
    budget: Decimal | None

    @property
    def digest(self) -> str:
        """The same for the same lines and total; what an owner accepts is told by it."""
        lines = [[one.kind, one.says, str(shortest(one.amount))] for one in self.lines]
        return digest_of([self.scope, self.period, self.measure, self.currency, lines])


def statement(
    now: Allocation,
    before: Allocation,
    *,
    team: str,
    budgets: Iterable[Budget] = (),
    dimension: str = TEAM,
) -> Statement:
    """The statement of an owner: its lines in a month and in the one before, and its budget.

    With another `dimension` the allocations are by that one (`allocation.centers`). A budget
    counts where it is of just that owner, month and currency.

    Raises:
        UsageError: the allocation has no such owner.
    """
    mine, then = _of(now, team), _of(before, team)
    if mine is None:
        known = ", ".join(one.team for one in now.teams)
        noun = "team" if dimension == TEAM else "cost center"
        message = f"There is no {noun} {team!r} in {now.days.start:%Y-%m}."
        raise UsageError(message, remedy=f"{noun.capitalize()}s: {known}.")
    then = then or TeamCost(team=team)
    return Statement(
        team=team,
        scope=f"{dimension}={team}",
        period=f"{now.days.start:%Y-%m}",
        currency=now.currency,
        snapshot=now.snapshot,
        measure=now.measure,
        lines=_lines(now, mine, then),
        total=mine.total,
        before=then.total,
        own=mine.own,
        own_before=then.own,
        budget=_budget(now, (dimension, team), budgets),
    )


def _of(found: Allocation, team: str) -> TeamCost | None:
    return next((one for one in found.teams if one.team == team), None)


def _lines(now: Allocation, mine: TeamCost, then: TeamCost) -> tuple[Line, ...]:
    told = [
        Line(kind=kind, says=says, amount=getattr(mine, kind), before=getattr(then, kind))
        for kind, says in _KINDS
    ]
    names = {one.pool.id: one.pool.name for one in now.pools}
    shared, earlier = dict(mine.shared), dict(then.shared)
    told += [
        Line(
            kind="shared",
            says=f"Share of {names.get(pool) or pool}",
            amount=shared.get(pool, Decimal(0)),
            before=earlier.get(pool, Decimal(0)),
        )
        for pool in dict.fromkeys((*shared, *earlier))
    ]
    return tuple(one for one in told if one.amount or one.before)


def _budget(now: Allocation, scope: tuple[str, str], budgets: Iterable[Budget]) -> Decimal | None:
    found = [
        one.amount
        for one in holding(tuple(budgets))
        if one.narrows == scope
        and one.currency == now.currency
        and (one.span.start, one.span.end) == tuple(now.days)
    ]
    return total(found) if found else None

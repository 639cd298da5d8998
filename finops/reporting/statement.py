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
from finops.savings.credit import TEAM as CREDITED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.allocation.allocated import Allocation
    from finops.ingestion.budgets import Budget
    from finops.savings.credit import Line as Credited

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
class Saved:
    """What an owner is credited for a saving, in a section of its own that is no part of the sum.

    The cost has fallen already: the credit says whose doing that was. `month` is the closed month
    that it was saved in, `avoided` what of the amount would have come on top and did not.
    """

    says: str
    month: str
    amount: Decimal
    avoided: Decimal


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
    savings: tuple[Saved, ...] = ()

    @property
    def saved(self) -> Decimal:
        """What the owner is credited with in this month: the sum of that section."""
        return total(one.amount for one in self.savings)

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
    credit: Iterable[Credited] = (),
) -> Statement:
    """The statement of an owner: its lines in a month and in the one before, and its budget.

    With another `dimension` the allocations are by that one (`allocation.centers`). A budget
    counts where it is of just that owner, month and currency. `credit` is the ledger of savings,
    of which a team is told what was booked in the month.

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
        savings=_saved(now, team, credit) if dimension == TEAM else (),
    )


def _saved(now: Allocation, team: str, credit: Iterable[Credited]) -> tuple[Saved, ...]:
    """What a team was credited in the month, entry by entry."""
    booked = f"{now.days.start:%Y-%m}"
    return tuple(
        Saved(
            says=f"{one.memo} ({one.person})" if one.person else one.memo,
            month=one.month,
            amount=one.net,
            avoided=one.avoided,
        )
        for one in credit
        if (one.account, one.name, one.booked, one.currency)
        == (CREDITED, team, booked, now.currency)
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

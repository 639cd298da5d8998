"""Coverage: how much of a cost is as it should be, since nothing is left to take off it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from finops.core.amount import EXACT

_ALL = Decimal(100)


def optimized(opportunity: Decimal, cost: Decimal) -> Decimal | None:
    """The optimization index in percent, [1 - opportunity / cost] x 100; None without cost.

    The opportunity is told once for each resource and action, and less what a commitment keeps
    on the bill. COIN-1: of 500, 61.667 could go, so that it is 87.667. Source: domain.md 11.
    """
    if cost <= 0:
        return None
    return (1 - EXACT.divide(opportunity, cost)) * _ALL


class Coverage(NamedTuple):
    """A team, what its resources cost in 30 days, and what of it could go now."""

    team: str
    cost: Decimal
    opportunity: Decimal

    @property
    def optimized(self) -> Decimal | None:
        """How much of the team's cost is as it should be, in percent."""
        return optimized(self.opportunity, self.cost)

"""Report: a product's unit cost with every figure that is defined of it, and its growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.unit_economics.ratios import growth_correlation
from finops.unit_economics.ratios import leverage
from finops.unit_economics.ratios import leverage_said
from finops.unit_economics.ratios import quotient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.ratios import Correlation

NOT_ENOUGH = "not enough months"


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How revenue and cloud cost grew over whole months, by CER's three definitions.

    What is not known is None, and `said` says why; a correlation is given with 12 pairs only.
    """

    cost_to_revenue: Decimal | None
    efficiency_rate: Decimal | None
    leverage: Decimal | None
    leverage_said: str
    correlation: Correlation | None
    correlation_said: str


def growth(trend: Sequence[UnitCost]) -> Growth:
    """The growth of a product over the months of its trend, the last of them the one told of."""
    whole = [one for one in trend if one.whole and one.revenue is not None]
    revenue = [one.revenue for one in whole if one.revenue is not None]
    cost = [one.cost for one in whole]
    found = growth_correlation(revenue, cost) if revenue else None
    enough = found if found and found.enough else None
    now = trend[-1]
    ratio = quotient(now.cost, now.revenue) if now.revenue is not None else None
    return Growth(
        cost_to_revenue=ratio,
        efficiency_rate=now.margin,
        leverage=leverage(revenue, cost),
        leverage_said=leverage_said(revenue, cost),
        correlation=enough,
        correlation_said="" if enough else NOT_ENOUGH,
    )

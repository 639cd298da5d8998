"""Ratios: what one unit costs and earns, and whether revenue outgrows cost; each with its words.

Sources: domain.md 4, after the FinOps Foundation's Unit Economics. Ratios are taken of sums and are
not known where the lower part is zero or below: never 0, never infinite.
"""

from __future__ import annotations

import math
from decimal import Context
from decimal import Decimal
from itertools import pairwise
from statistics import correlation
from statistics import StatisticsError
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PRECISE = Context(prec=40)
"""Quotients of money are rounded here, far below any currency's minor unit."""
ENOUGH = 12
"""Fewer pairs of growth than this say nothing of a correlation."""

_NORMAL = 1.959964
_ONE = Decimal(1)


class Definition(NamedTuple):
    """A figure's name, title and unit, and what it means; shown wherever the figure is."""

    name: str
    title: str
    unit: str
    definition: str


DEFINITIONS = (
    Definition(
        "average",
        "Average unit cost",
        "money a unit",
        "Effective cost of the product divided by its units, over the same days. Credits and tax "
        "are left out.",
    ),
    Definition(
        "marginal",
        "Marginal unit cost",
        "money a unit",
        "What one more unit costs: the slope of cost over volume, without what is there anyway.",
    ),
    Definition(
        "elasticity",
        "Elasticity of cost",
        "% for one % of volume",
        "By how many percent the cost moves where volume moves by one percent: marginal over "
        "average.",
    ),
    Definition(
        "revenue",
        "Revenue a unit",
        "money a unit",
        "What the units of these days earned, divided by them.",
    ),
    Definition(
        "margin",
        "Gross margin a unit",
        "%",
        "What is left of a unit's revenue after its cloud cost, in percent of the revenue.",
    ),
    Definition(
        "cost_to_revenue",
        "Cost per revenue unit",
        "money for one of revenue",
        "Cloud cost divided by revenue, over the same days.",
    ),
    Definition(
        "efficiency_rate",
        "Cloud efficiency rate",
        "%",
        "Revenue less cloud cost, in percent of revenue: the complement of cost per revenue unit.",
    ),
    Definition(
        "leverage",
        "Growth leverage",
        "times",
        "Growth of revenue divided by growth of cloud cost over the months shown: above 1, "
        "revenue outgrows cost.",
    ),
    Definition(
        "correlation",
        "Correlation of growth",
        "-1 to 1",
        "Of the monthly growth of revenue and of cloud cost, with its 95 % interval; told with 12 "
        "pairs or more only.",
    ),
)
"""Every figure of unit economics, in the order in which it is shown."""


def quotient(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole; None where there is no whole above zero."""
    return PRECISE.divide(part, whole) if whole > 0 else None


def margin(revenue: Decimal, cost: Decimal) -> Decimal | None:
    """What is left of revenue after cost, as a share of revenue."""
    return quotient(revenue - cost, revenue)


def power_cost(cost: Decimal, elasticity: Decimal, growth: Decimal) -> Decimal:
    """What a cost becomes where volume grows by a share and cost follows it as a power of it.

    C (q'/q)^e by domain.md 4: told beside the straight line, which it touches at no growth.
    """
    return PRECISE.multiply(cost, PRECISE.power(_ONE + growth, elasticity))


def leverage(revenue: Sequence[Decimal], cost: Sequence[Decimal]) -> Decimal | None:
    """Growth of revenue from first to last over growth of cost; None where cost did not grow."""
    if min(len(revenue), len(cost)) < 2:  # noqa: PLR2004 -- a growth has two ends
        return None
    earned, paid = (quotient(one[-1], one[0]) for one in (revenue, cost))
    if earned is None or paid is None or paid <= 1:
        return None
    return PRECISE.divide(earned - _ONE, paid - _ONE)


class Correlation(NamedTuple):
    """Pearson's r of two rows of growth, its 95 % interval (Fisher's z), and how many pairs."""

    r: float
    low: float
    high: float
    pairs: int

    @property
    def enough(self) -> bool:
        """Whether there are pairs enough to be told."""
        return self.pairs >= ENOUGH


def growth_correlation(revenue: Sequence[Decimal], cost: Sequence[Decimal]) -> Correlation | None:
    """How the monthly growth of revenue and of cost go together; levels are never compared.

    None where a month is not above zero, growth never differs, or there are fewer than 4 pairs.
    """
    if min(*revenue, *cost, _ONE) <= 0 or len(revenue) != len(cost):
        return None
    rows = [[float(b / a) - 1 for a, b in pairwise(one)] for one in (revenue, cost)]
    pairs = len(rows[0])
    if pairs < 4:  # noqa: PLR2004 -- the interval divides by pairs less three
        return None
    try:
        r = correlation(*rows)
    except StatisticsError:
        return None
    z, width = math.atanh(min(max(r, -0.999999), 0.999999)), _NORMAL / math.sqrt(pairs - 3)
    return Correlation(r, math.tanh(z - width), math.tanh(z + width), pairs)


def leverage_said(revenue: Sequence[Decimal], cost: Sequence[Decimal]) -> str:
    """Why there is no growth leverage, where there is none; empty where there is."""
    if leverage(revenue, cost) is not None:
        return ""
    short = min(len(revenue), len(cost)) < 2  # noqa: PLR2004
    return "not enough months" if short else "cost fell"

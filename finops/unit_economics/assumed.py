"""Assumed: how far each lever may go, and every assumption behind a what-if, in words."""

from __future__ import annotations

from decimal import Decimal
from decimal import ROUND_CEILING
from decimal import ROUND_FLOOR
from typing import TYPE_CHECKING

from finops.unit_economics.ratios import PRECISE
from finops.unit_economics.ratios import quotient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.unit_economics.levers import Base
    from finops.unit_economics.levers import Bounds
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.model import Model

_NOTHING, _ONE, _STEP = Decimal(0), Decimal(1), Decimal("0.05")
_LEAST, _MOST = Decimal("0.2"), Decimal(2)
_PRICE = Decimal("0.2")
_EFFICIENCY = Decimal("0.5")
_FULL = Decimal("0.95")


def bounds(base: Base, trend: Sequence[UnitCost]) -> Bounds:
    """From where to where each lever goes, in steps of 5 %.

    Demand as far as the year before went, and 20 % either way at least; efficiency as far as the
    unit cost of the year differed from its best month, and 20 % at least; coverage from what is
    bought already.
    """
    a_day = [PRECISE.divide(one.units, Decimal(one.days)) for one in trend if one.days]
    now = a_day[-1] if a_day and a_day[-1] > 0 else _ONE
    moved = [PRECISE.divide(one, now) - _ONE for one in a_day]
    costs = [one.average for one in trend if one.average is not None]
    best = _ONE - (quotient(min(costs), max(costs)) or _ONE) if costs else _NOTHING
    coverage = base.coverage.quantize(Decimal("0.01"), ROUND_FLOOR)
    return {
        "demand": (_down(min(-_LEAST, *moved, _NOTHING)), _up(max(_LEAST, *moved, _NOTHING))),
        "efficiency": (_NOTHING, min(_up(max(best, _LEAST)), _EFFICIENCY)),
        "rightsizing": (_NOTHING, _ONE),
        "shared": (_NOTHING, _ONE),
        "coverage": (min(coverage, _FULL), _FULL),
        "price": (-_PRICE, _PRICE),
    }


def sentences(now: UnitCost, model: Model, base: Base) -> tuple[str, ...]:
    """What is assumed, one sentence each; figures in full, as the month has them."""
    share = quotient(base.variable, base.cost)
    follows = f"{share:.1%}" if share is not None and model.known else "a part that nobody knows"
    known = model.method if model.known else "not known"
    money, worklist, pool = now.currency, f"{base.worklist:,.2f}", f"{base.pool:,.2f}"
    parts = f"Cost model {known}: {follows} of the cost follows volume, the rest is there anyway."
    used = f"{base.discount:.1%} off and are used to {base.utilization:.1%}"
    return (
        " ".join((parts, *model.said)),
        "Efficiency works on the part that follows volume, after demand; nothing counts twice.",
        f"Rightsizing works on usage outside production ({worklist} {money}), for want of a list.",
        f"Shared cost is what no product owns ({pool} {money}); the company's total stays.",
        f"New commitments come at {used}, as those there are; they cover what is left by then.",
        "A change of price is the provider's, on usage that no commitment covers.",
        "What a unit earns stays as it was in the month.",
    )


def gap(now: UnitCost) -> str:
    """What was left out because units or charges are missing."""
    return (
        f"{len(now.missing)} days of the month lack units or charges and are left out of both "
        f"sides, with {now.left_out:,.2f} {now.currency} of cost."
    )


def _down(number: Decimal) -> Decimal:
    return max((number / _STEP).to_integral_value(ROUND_FLOOR) * _STEP, -_ONE)


def _up(number: Decimal) -> Decimal:
    return min((number / _STEP).to_integral_value(ROUND_CEILING) * _STEP, _MOST)

"""Measured: what a saving took off some days' cost, against its frozen baseline.

Adjusted baseline = fixed per day x days + variable x units, at the prices and the exchange rate of
the baseline (domain.md 8, SAV-1). What it is more than the bill splits into reduction (the cost of
the same days fell) and avoidance (it would have risen with demand). What demand alone, a price or
a commitment left unused explains is told apart and is no saving.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total

NOTHING = Decimal(0)
DRIFT = Decimal("0.01")
"""By at most this share a cost moves from month to month beyond what its own days tell of it."""

ROUNDED = 2
"""A gap of so many minor units is rounding: three amounts are rounded in it."""


class Verdict(StrEnum):
    """What a measurement says."""

    SAVED = "saved"
    NOISE = "not distinguishable from noise"
    INCONCLUSIVE = "replaced under another name"
    REGRESSED = "came back"
    COUNTED = "counted already for another saving"


class Figures(NamedTuple):
    """What is known of some days, in one currency and not rounded yet.

    `adjusted` is what they would have cost, `within` half the width of its interval, `flat` what
    as many days of the baseline cost. `actual` is what the bill says, `repriced` the same at the
    baseline's prices, `kept` what a commitment keeps on the bill that covered it before.
    """

    adjusted: Decimal
    within: Decimal
    flat: Decimal
    actual: Decimal
    repriced: Decimal
    kept: Decimal = NOTHING


class Measured(BaseModel):
    """What a saving took off the days from `start` to before `end`; amounts to the minor unit.

    `verified` = adjusted - (actual - price) - kept = reduction + avoidance where it is above
    zero and surely so. `low` and `high` are the 90 % interval of that difference, `gap`: where it
    includes zero, nothing is saved. `price` is what new prices changed, `demand` what less demand
    took off.
    """

    model_config = ConfigDict(frozen=True)

    start: date
    end: date
    currency: str
    adjusted: Decimal
    flat: Decimal
    actual: Decimal
    price: Decimal = NOTHING
    kept: Decimal = NOTHING
    gap: Decimal
    low: Decimal
    high: Decimal
    verdict: Verdict
    demand: Decimal = NOTHING
    reduction: Decimal = NOTHING
    avoidance: Decimal = NOTHING
    replaced_by: str = ""
    regressed_on: date | None = None
    snapshot: str = ""

    @property
    def days(self) -> int:
        """How many days were measured."""
        return (self.end - self.start).days

    @property
    def verified(self) -> Decimal:
        """What was saved."""
        return EXACT.add(self.reduction, self.avoidance)

    @property
    def per_day(self) -> Decimal:
        """What was saved on one of its days."""
        return EXACT.divide(self.verified, Decimal(self.days)) if self.days > 0 else NOTHING


def weighed(found: Figures, start: date, end: date, *, currency: str) -> Measured:
    """The figures of some days as they are told: rounded, split, and judged."""
    unit = minor_unit(currency)

    def posted(number: Decimal) -> Decimal:
        return number.quantize(unit, context=EXACT)

    adjusted, flat, actual = posted(found.adjusted), posted(found.flat), posted(found.actual)
    price = posted(EXACT.subtract(found.actual, found.repriced))
    kept = posted(found.kept)
    gap = total((adjusted, -actual, price, -kept))
    within = posted(_drifts(found))
    low, high = EXACT.subtract(gap, within), EXACT.add(gap, within)
    saved = low > ROUNDED * unit
    own = total((flat, -actual, price, -kept))
    reduction = min(gap, max(own, NOTHING)) if saved else NOTHING
    return Measured(
        start=start,
        end=end,
        currency=currency,
        adjusted=adjusted,
        flat=flat,
        actual=actual,
        price=price,
        kept=kept,
        gap=gap,
        low=low,
        high=high,
        verdict=Verdict.SAVED if saved else Verdict.NOISE,
        demand=max(EXACT.subtract(flat, adjusted), NOTHING),
        reduction=reduction,
        avoidance=EXACT.subtract(gap, reduction) if saved else NOTHING,
    )


def _drifts(found: Figures) -> Decimal:
    """Half the width of the interval, with what the days of a baseline cannot know of other months.

    That is as much again, and at most `DRIFT` of the baseline; what never strays does not drift,
    so that a saving however small is told from it.
    """
    drift = min(found.within, EXACT.multiply(DRIFT, abs(found.adjusted)))
    return EXACT.add(found.within, drift)

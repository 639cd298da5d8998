"""The demo company's 25 months: which they are, how the business grew and how a week looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from finops.core.period import BillingPeriod

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from finops.demo.company import Workload

MONTHS = 25
EPOCH = date(1970, 1, 1)

# Monday to Sunday, as parts of an ordinary day.
_WEEK = {
    "always": (1, 1, 1, 1, 1, 1, 1),
    "stored": (1, 1, 1, 1, 1, 1, 1),
    "elastic": (0.96, 0.95, 0.96, 0.98, 1.0, 1.04, 1.02),
    "traffic": (0.95, 0.93, 0.94, 0.98, 1.03, 1.10, 1.07),
    "office": (1, 1, 1, 1, 0.95, 0.3, 0.28),
    "rising": (0.95, 0.93, 0.94, 0.98, 1.03, 1.10, 1.07),
    "falling": (0.95, 0.93, 0.94, 0.98, 1.03, 1.10, 1.07),
    "batch": (1.15, 1.1, 1.1, 1.1, 1.05, 0.78, 0.72),
}
# January to December: an ordinary shop, busy before the holidays.
_YEAR = (0.96, 0.97, 0.98, 0.99, 1.0, 0.98, 0.97, 0.98, 1.0, 1.02, 1.11, 1.10)
_SEASONAL = {"always": 0.0, "stored": 0.0, "elastic": 0.5, "traffic": 1.0, "office": 0.0}
_NOISE = {"always": 0.0, "stored": 0.002, "elastic": 0.03, "traffic": 0.06, "office": 0.05,
          "rising": 0.054, "falling": 0.054}  # fmt: skip
_ALIKE = ("rising", "falling")
_SWINGS = (1, 0.8, 1.15, 0.85, 1.25, 0.75, 1.1, 0.9, 1.2, 0.8, 1.15, 1.05, 1.2, 1.2, 1)
_DEMAND = dict(enumerate(_SWINGS, start=10))
"""The demand for what is saved later: a year that swings around 1, and two months a fifth above it;
what falls lies as far below."""


@dataclass(frozen=True)
class Month:
    """One month of the story: its place (0 is the first of the 25) and its days since 1970."""

    index: int
    period: BillingPeriod

    @property
    def start(self) -> int:
        """The first day."""
        return ordinal(self.period.start)

    @property
    def end(self) -> int:
        """The day after the last."""
        return ordinal(self.period.end)

    @property
    def days(self) -> NDArray[np.int64]:
        """Every day."""
        return np.arange(self.start, self.end, dtype=np.int64)


def ordinal(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def story(today: date) -> tuple[Month, ...]:
    """The 25 months up to the last complete one before today."""
    first = BillingPeriod.of(today).plus(-MONTHS)
    return tuple(Month(index, first.plus(index)) for index in range(MONTHS))


def growth(start_size: float, month: Month) -> NDArray[np.float64]:
    """The size on each day, as a part of the size at the end of the 25 months."""
    part = (np.arange(month.period.days) + 0.5) / month.period.days
    progress = (month.index + part) / MONTHS
    return np.asarray(start_size + (1 - start_size) * progress, np.float64)


def season(shape: str, month: Month) -> NDArray[np.float64]:
    """The weekday and the time of year of each day, as a part of an ordinary day."""
    weekday = (month.days + 3) % 7  # 1970-01-01 was a Thursday
    year = 1 + _SEASONAL.get(shape, 0.0) * (_YEAR[month.period.month - 1] - 1)
    level = demand(shape, month)
    return np.asarray(np.array(_WEEK[shape], np.float64)[weekday] * year * level, np.float64)


def demand(shape: str, month: Month) -> float:
    """How much is asked of what people save on, as a part of an ordinary month."""
    level = _DEMAND.get(month.index, 1.0)
    return {"rising": level, "falling": 2 - level}.get(shape, 1.0)


def noise(workload: Workload, month: Month, seed: tuple[int, ...]) -> NDArray[np.float64]:
    """Day-to-day noise of each resource around 1: one row per resource, one column per day.

    What follows one demand strays together, so that the whole of it strays as much.
    """
    random = np.random.default_rng((*seed, month.period.year, month.period.month))
    alike = workload.shape in _ALIKE
    size = (1 if alike else workload.resources, month.period.days)
    strays = _NOISE.get(workload.shape, 0.08) * random.standard_normal(size)
    return np.asarray(1 + np.repeat(strays, workload.resources if alike else 1, axis=0))

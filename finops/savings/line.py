"""Line: what a day costs by what drives it, told from the days before, and how sure that is.

Source: domain.md 8; IPMVP's options B and C, with the gates of ASHRAE Guideline 14 (CV(RMSE) of
daily data) and its allowance for days that resemble the day before. Floats live here; what leaves
is decimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from finops.savings.saving import Point

    Rows = NDArray[np.float64]

SURE = 0.9
"""How often the truth should lie within the interval that is told."""

_WEEKS = 28
"""Days from which on the days of the week are told apart."""
_RESEMBLE = 14
"""Days from which on it is told how much a day resembles the one before."""
_STEADY = 1e-12
_DIGITS = 12


class Day(NamedTuple):
    """A day that is to be told, and what drove it where that is counted."""

    day: date
    units: Decimal | None = None


class Told(NamedTuple):
    """What days would have cost: each of them, and the half-width of the interval of their sum."""

    days: tuple[Decimal, ...]
    within: Decimal


@dataclass(frozen=True, kw_only=True)
class Line:
    """The least-squares line through the days of a baseline.

    `fit` is the share of the cost's variation that it explains, `strays` its CV(RMSE), `spread`
    the deviation of a day from it, `alike` how much a day resembles the one before.
    """

    weekly: bool
    driven: bool
    weights: Rows
    inverse: Rows
    spread: float
    alike: float
    free: int
    fit: float
    strays: float

    def tell(self, days: Sequence[Day]) -> Told:
        """What these days would have cost, and how sure their sum is.

        Raises:
            ValueError: a day has no units although they drive the cost.
        """
        if not days:
            return Told((), Decimal(0))
        rows = _rows(days, weekly=self.weekly, driven=self.driven)
        summed = rows.sum(axis=0)
        variance = self.spread**2 * (len(days) + float(summed @ self.inverse @ summed))
        variance *= (1 + self.alike) / (1 - self.alike)
        each = tuple(_decimal(float(one)) for one in rows @ self.weights)
        return Told(each, _decimal(student(self.free) * sqrt(max(variance, 0.0))))


def line(points: Sequence[Point], *, weekly: bool = False) -> Line:
    """The line through the days of a baseline, by their units where every day has them.

    `weekly` tells the days of the week apart where there are enough of them.

    Raises:
        ValueError: there are no days.
    """
    driven = all(one.units is not None for one in points)
    apart = weekly and len(points) >= _WEEKS
    rows = _rows([Day(one.day, one.units) for one in points], weekly=apart, driven=driven)
    costs = np.array([float(one.cost) for one in points])
    weights, *_ = np.linalg.lstsq(rows, costs, rcond=None)
    left = costs - rows @ weights
    free = max(len(points) - rows.shape[1], 1)
    spread = sqrt(float(left @ left) / free)
    around = float(((costs - costs.mean()) ** 2).sum())
    mean = float(abs(costs.mean()))
    return Line(
        weekly=apart,
        driven=driven,
        weights=weights,
        inverse=np.linalg.pinv(rows.T @ rows).astype(np.float64),
        spread=spread,
        alike=_alike(left),
        free=free,
        fit=1 - float(left @ left) / around if around > _STEADY else float(not driven),
        strays=spread / mean if mean else 0.0,
    )


def student(free: int) -> float:
    """The quantile of Student's t for the interval, by Cornish and Fisher's expansion."""
    z = NormalDist().inv_cdf((1 + SURE) / 2)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / free + second / free**2


def _rows(days: Sequence[Day], *, weekly: bool, driven: bool) -> Rows:
    """A row for each day: its place in the week, or one for all, and its units."""
    every = [[float(one.day.weekday() == place) for place in range(7)] for one in days]
    base = np.array(every) if weekly else np.ones((len(days), 1))
    if not driven:
        return base
    units = []
    for one in days:
        if one.units is None:
            message = f"{one.day} has no units."
            raise ValueError(message)
        units.append([float(one.units)])
    return np.hstack([base, np.array(units)])


def _alike(left: Rows) -> float:
    """How much what the line leaves of a day resembles the day before; never below zero."""
    whole = float(left @ left)
    if len(left) < _RESEMBLE or whole <= _STEADY:
        return 0.0
    return min(max(float(left[1:] @ left[:-1]) / whole, 0.0), 0.9)


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.{_DIGITS}g}")

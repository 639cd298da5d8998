"""Model: which part of a product's cost is there anyway, and which follows its volume.

    cost = fixed + variable x units

By domain.md 4 and 17: fitted to days where 60 or more are whole; else to months where there are 12,
and labelled; else nobody knows until a person declares it, with a reason. Volume that hardly varies
or a price that changed on the way gives a sentence instead of a fit. Floats live here and nowhere
else of this room; what leaves is decimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    Row = NDArray[np.float64]

DAYS, MONTHS = 60, 12
"""The fewest days, and the fewest months, that a fit takes."""
STEADY = 0.05
"""Volume that varies by less than this (its deviation over its mean) says nothing of a slope."""

_SAMPLES = 200
_STEP_PART, _STEP_SIZE = 0.5, 0.1
_APART = 0.5
_FLAT = 1e-6
_DIGITS = 12


class Method(StrEnum):
    """How the two parts are known."""

    DAILY = "fitted to days"
    MONTHLY = "fitted to months"
    DECLARED = "declared"
    NONE = "not known"


class Point(NamedTuple):
    """The units and the cost of one day, or of the month that begins on it."""

    day: date
    units: Decimal
    cost: Decimal


@dataclass(frozen=True, kw_only=True)
class Model:
    """What a unit adds to the cost, how well that is known, and over which volumes.

    `low` and `high` are the 95 % interval of `variable`, `fit` the share of the cost's variation
    that volume explains, `smallest` and `largest` the volumes it was seen at. `said` are the
    remarks that belong beside it: where the method is NONE, why there is no fit.
    """

    method: Method
    variable: Decimal = Decimal(0)
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    fit: Decimal | None = None
    points: tuple[Point, ...] = ()
    smallest: Decimal = Decimal(0)
    largest: Decimal = Decimal(0)
    said: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a model at all."""
        return self.method is not Method.NONE

    def outside(self, units: Decimal) -> bool:
        """Whether a volume of one day (or month) lies beyond what was seen."""
        return bool(self.points) and not self.smallest <= units <= self.largest


def fitted(days: Sequence[Point], months: Sequence[Point]) -> Model:
    """The model of a product from its whole days, else from its whole months."""
    if len(days) >= DAYS:
        return _fit(tuple(days), Method.DAILY)
    if len(months) >= MONTHS:
        found = _fit(tuple(months), Method.MONTHLY)
        note = f"Only {len(days)} days have units; this is fitted to {len(months)} months."
        return _noted(found, note)
    told = f"{len(days)} days and {len(months)} months have units"
    return unknown(f"{told}: a fit needs {DAYS} days or {MONTHS} months.")


def unknown(why: str) -> Model:
    """No model, and why."""
    return Model(method=Method.NONE, said=(why,))


def slope(points: Sequence[Point]) -> Decimal:
    """What one more unit adds, by least squares; slopes of parts add up to that of the whole."""
    units, costs = _rows(points)
    return _decimal(_line(units, costs)[0])


def _fit(points: tuple[Point, ...], method: Method) -> Model:
    units, costs = _rows(points)
    varies = float(units.std() / units.mean()) if units.mean() > 0 else 0.0
    if varies < STEADY:
        return unknown(
            f"Volume hardly varied over {len(points)} {_noun(method)} ({varies:.1%} around its "
            "mean), so nobody can tell from it what a unit adds."
        )
    if jump := _jump(points, units, costs):
        return unknown(jump)
    variable, fixed = _line(units, costs)
    flat = variable * units.mean() <= _FLAT * costs.mean()
    if flat or fixed < 0:
        what = "Cost did not rise with volume" if flat else "Cost rose faster than volume"
        return unknown(f"{what} over {len(points)} {_noun(method)}: something else moved it.")
    low, high = _interval(units, costs)
    explained = _explained(units, costs)
    return Model(
        method=method,
        variable=_decimal(variable),
        low=_decimal(low),
        high=_decimal(high),
        fit=_decimal(explained),
        points=points,
        smallest=min(point.units for point in points),
        largest=max(point.units for point in points),
        said=_remarks(units, costs, method),
    )


def _remarks(units: Row, costs: Row, method: Method) -> tuple[str, ...]:
    """What must be known beside the fit: how little it explains, or a trend that both share."""
    explained, noun = _explained(units, costs), _noun(method).removesuffix("s")
    found = [f"Volume explains {explained:.0%} of what the cost of a {noun} varies by."]
    moved = np.diff(units)
    variable, change = _line(units, costs)[0], 0.0
    if moved.std() > 0:
        change = _line(moved, np.diff(costs))[0]
    if abs(change - variable) > _APART * variable:
        found.append(
            f"Changes from {noun} to {noun} alone say "
            f"{change:.4g} a unit: a part of the fit may be a trend that both share."
        )
    return tuple(found)


def _jump(points: Sequence[Point], units: Row, costs: Row) -> str:
    """The day from which the same volume costs markedly less or more; empty where there is none."""
    best, place, size = _left(units, costs), 0, 0.0
    least = best * _STEP_PART
    for cut in range(len(points) // 5, len(points) * 4 // 5):
        after = (np.arange(len(points)) >= cut).astype(np.float64)
        design = np.column_stack([units, np.ones(len(units)), after])
        found, *_ = np.linalg.lstsq(design, costs, rcond=None)
        left = float(((costs - design @ found) ** 2).sum())
        if left < best:
            best, place, size = left, cut, float(found[2])
    if best >= least or abs(size) < _STEP_SIZE * costs.mean():
        return ""
    word = "less" if size < 0 else "more"
    share = abs(size) / costs.mean()
    return (
        f"From {points[place].day.isoformat()} the same volume costs {share:.0%} {word}: a price "
        "or a design changed, and one line through both would be neither."
    )


def _interval(units: Row, costs: Row) -> tuple[float, float]:
    """The middle 95 % of slopes, with the residuals dealt out anew (bootstrap, always the same)."""
    variable, fixed = _line(units, costs)
    line = fixed + variable * units
    random = np.random.default_rng(len(units))
    dealt = random.choice(costs - line, (_SAMPLES, len(units)))
    centered = units - units.mean()
    slopes = (line + dealt) @ centered / float(centered @ centered)
    low, high = np.percentile(slopes, (2.5, 97.5))
    return min(float(low), variable), max(float(high), variable)


def _line(units: Row, costs: Row) -> tuple[float, float]:
    """Slope and intercept by least squares."""
    centered = units - units.mean()
    found = float(centered @ costs / (centered @ centered))
    return found, float(costs.mean() - found * units.mean())


def _left(units: Row, costs: Row) -> float:
    variable, fixed = _line(units, costs)
    return float(((costs - fixed - variable * units) ** 2).sum())


def _explained(units: Row, costs: Row) -> float:
    whole = float(((costs - costs.mean()) ** 2).sum())
    return 1 - _left(units, costs) / whole if whole else 1.0


def _rows(points: Sequence[Point]) -> tuple[Row, Row]:
    units = np.array([float(point.units) for point in points])
    return units, np.array([float(point.cost) for point in points])


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.{_DIGITS}g}")


def _noun(method: Method) -> str:
    return "days" if method is Method.DAILY else "months"


def _noted(model: Model, note: str) -> Model:
    return Model(**{**model.__dict__, "said": (note, *model.said)})

"""Regressed: the day from which a cost is back that had been saved."""

from __future__ import annotations

from math import inf
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

LEFT = 1 / 3
"""Of what was saved a day at most this much is left after a regression."""
SURELY = 4.0
"""By so many standard errors the days after must save less than those before."""
SHORTEST = 3
"""So many days make one, and so many days must have saved before."""

_NOTHING = 1e-9


def came_back(gaps: Sequence[Decimal]) -> int | None:
    """The place of the first day from which little or nothing is saved any more, if there is one.

    `gaps` are what each day cost less than its baseline. Of all days that split them in two levels
    the one is taken that leaves the least; the second level must be far below the first.
    """
    days = [float(one) for one in gaps]
    best, place = inf, None
    for cut in range(SHORTEST, len(days) - SHORTEST + 1):
        left = _around(days[:cut]) + _around(days[cut:])
        if left < best - _NOTHING:
            best, place = left, cut
    if place is None:
        return None
    before, after = fmean(days[:place]), fmean(days[place:])
    spread = sqrt(best / max(len(days) - 2, 1))
    error = spread * sqrt(1 / place + 1 / (len(days) - place))
    fell = before > 0 and after <= LEFT * before
    return place if fell and before - after > SURELY * error + _NOTHING else None


def _around(days: Sequence[float]) -> float:
    """The squares around the mean."""
    mean = fmean(days)
    return sum((one - mean) ** 2 for one in days)

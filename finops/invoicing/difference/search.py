"""Search: the fewest differences that make one number of another, and no more than chance allows.

Any number can be reached if enough is tried. Before a set of variants is believed, it is counted
how many of them lie around the given number: if so many would hit a number picked at random more
often than a few times in a thousand, what they hit proves nothing and is left out.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.core.measure import Axis
from finops.invoicing.difference.choices import Reason
from finops.invoicing.difference.table import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from finops.invoicing.difference.given import Given
    from finops.invoicing.difference.table import Table

MOST = 3
"""More differences than this at once that happen to lead there prove nothing."""

CHANCE = {1: 0.01, 2: 0.002, 3: 0.002}
"""How often a random number may be hit by all variants of so many differences together."""

_NEAR = (0.02, 0.002)
_WIDE = 200
_SLACK = 1e-6
_MOST_HITS = 60


class Variants(NamedTuple):
    """Numbers, how many differences lead to each, how many of these are unusual, and which."""

    values: NDArray[np.float64]
    sizes: NDArray[np.int64]
    unusual: NDArray[np.int64]
    which: NDArray[np.int64]
    groups: list[Setting]

    def setting(self, place: int) -> Setting:
        """The variant at a place."""
        group, part, exchange = (int(at) for at in self.which[place])
        return self.groups[group]._replace(part=part, exchange=exchange)


def variants(table: Table, usual: frozenset[Reason], *, before: Sequence[Reason] = ()) -> Variants:
    """Every number that at most three differences make, those made `before` counted in."""
    groups: list[Setting] = []
    values: list[NDArray[np.float64]] = []
    told: list[NDArray[np.int64]] = []
    started = (len(before), sum(reason not in usual for reason in before))
    for setting, size, unusual in _groups(table, usual, MOST - started[0]):
        matrix = table.numbers(setting)
        parts, exchanges = np.nonzero(_reach(matrix.shape, MOST - started[0] - size))
        sizes = size + started[0] + (parts > 0) + (exchanges > 0)
        strange = unusual + started[1] + (parts > 0) * (Reason.SCOPE not in usual)
        strange = strange + (exchanges > 0) * (Reason.FX not in usual)
        at = np.full_like(parts, len(groups))
        values.append(matrix[parts, exchanges])
        told.append(np.stack([sizes, strange, at, parts, exchanges], axis=1))
        groups.append(setting)
    all_told = np.concatenate(told)
    return Variants(np.concatenate(values), all_told[:, 0], all_told[:, 1], all_told[:, 2:], groups)


def _reach(shape: tuple[int, ...], left: int) -> NDArray[np.bool_]:
    """Which parts and exchanges may still be chosen when so many differences are left."""
    held = np.zeros(shape, np.bool_)
    held[0, 0] = True
    if left >= 1:
        held[0, :] = held[:, 0] = True
    if left > 1:
        held[:, :] = True
    return held


def _groups(
    table: Table, usual: frozenset[Reason], most: int
) -> Iterator[tuple[Setting, int, int]]:
    """Every choice of basis, kinds and cut, with how many differences that is."""
    choices = table.choices
    switched = [
        chosen
        for size in range(most + 1)
        for chosen in combinations(range(len(choices.kinds)), size)
    ]
    for basis_at, basis in enumerate(choices.bases):
        for cut_at, cut in enumerate(choices.cuts):
            if cut_at and cut.reason is Reason.TIME_ZONE and basis.axis is Axis.BILLING:
                continue
            for kinds in switched:
                size = basis.steps + (cut_at > 0) + len(kinds)
                if size > most:
                    break
                reasons = [choices.kinds[at].reason for at in kinds]
                reasons += [cut.reason] * (cut_at > 0) + [Reason.BASIS] * (basis_at > 0)
                strange = sum(reason not in usual for reason in reasons)
                yield Setting(basis=basis_at, kinds=kinds, cut=cut_at), size, strange


class Hit(NamedTuple):
    """A variant near the given number: of which table, and what is chosen."""

    table: int
    setting: Setting


def hits(tables: Sequence[Variants], given: Given) -> Iterator[list[Hit]]:
    """What lies near enough, a list for each number of differences, the most usual first."""
    number, tolerance = float(given.number), float(given.tolerance)
    values = np.concatenate([one.values for one in tables])
    sizes = np.concatenate([one.sizes for one in tables])
    unusual = np.concatenate([one.unusual for one in tables])
    starts = np.cumsum([0, *(len(one.values) for one in tables)])
    near = np.abs(values - number) <= tolerance + _SLACK
    for size in range(1, MOST + 1):
        left, chosen = CHANCE[size], list[Hit]()
        for strange in range(size + 1):
            tier = (sizes == size) & (unusual == strange)
            chance = _chance(values[tier & ~near], number, tolerance)
            if chance > left:
                break
            left -= chance
            for place in np.flatnonzero(tier & near)[:_MOST_HITS].tolist():
                table = int(np.searchsorted(starts, place, side="right")) - 1
                setting = tables[table].setting(place - int(starts[table]))
                chosen.append(Hit(table, setting))
        yield chosen


def nearest(tables: Sequence[Variants], given: Given) -> Hit:
    """The single difference that comes nearest."""
    found: list[tuple[float, Hit]] = []
    for at, one in enumerate(tables):
        away = np.where(one.sizes <= 1, np.abs(one.values - float(given.number)), np.inf)
        place = int(np.argmin(away))
        found.append((float(away[place]), Hit(at, one.setting(place))))
    return min(found, key=lambda each: each[0])[1]


def _chance(values: NDArray[np.float64], number: float, tolerance: float) -> float:
    """How likely these numbers hit a random one as near as this by accident."""
    found = 0.0
    for share in _NEAR:
        around = max(abs(number) * share, tolerance * _WIDE)
        held = values[np.abs(values - number) <= around]
        apart = np.unique(np.round(held / max(tolerance, _SLACK)))
        found = max(found, len(apart) * tolerance / around)
    return found

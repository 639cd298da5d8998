"""Table: one snapshot's charges of a month, and any number that can be made of them.

Floats only say which variants are worth a look; every number that is told is added up in decimals.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple
from typing import TYPE_CHECKING
from typing import TypeVar

import numpy as np

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.measure import Axis
from finops.invoicing.difference.choices import Reason
from finops.invoicing.difference.rows import COSTS

if TYPE_CHECKING:
    from decimal import Decimal

    from numpy.typing import NDArray

    from finops.invoicing.difference.choices import Basis
    from finops.invoicing.difference.choices import Cut
    from finops.invoicing.difference.choices import Exchange
    from finops.invoicing.difference.choices import Kind
    from finops.invoicing.difference.choices import Part
    from finops.invoicing.difference.rows import Row


class Setting(NamedTuple):
    """A variant: the place of what is chosen of each choice; 0 and none are the portal's own."""

    part: int = 0
    basis: int = 0
    kinds: tuple[int, ...] = ()
    cut: int = 0
    exchange: int = 0


class Choices(NamedTuple):
    """What there is to choose, the portal's own first."""

    parts: tuple[Part, ...]
    bases: tuple[Basis, ...]
    kinds: tuple[Kind, ...]
    cuts: tuple[Cut, ...]
    exchanges: tuple[Exchange, ...]


class Table:
    """Rows with the choices over them."""

    def __init__(self, found: tuple[Row, ...], choices: Choices) -> None:
        self.rows = found
        self._cells = {key: place for place, key in enumerate({_cell(row): 0 for row in found})}
        self._at = np.array([self._cells[_cell(row)] for row in found], np.int64)
        self._here = np.array([row.billed_here for row in found], np.bool_)
        self._moment = np.array([row.moment for row in found], np.int64)
        self._floats = np.array([[float(n) for n in row.amounts] for row in found], np.float64)
        self._floats = self._floats.reshape(len(found), len(COSTS))
        self._amounts: dict[tuple[Basis, Cut], NDArray[np.float64]] = {}
        self._kept: dict[tuple[int, ...], NDArray[np.bool_]] = {}
        self.choices = self._telling(choices)

    def number(self, setting: Setting) -> Decimal:
        """The number of a variant, added up exactly and converted."""
        choices = self.choices
        basis = choices.bases[setting.basis]
        held = self._held(setting)
        cost = COSTS.index(basis.cost)
        sums: dict[str, list[Decimal]] = {}
        for place in np.flatnonzero(held).tolist():
            row = self.rows[place]
            sums.setdefault(row.currency, []).append(row.amounts[cost])
        convert = choices.exchanges[setting.exchange].convert
        return total(convert(total(numbers), currency) for currency, numbers in sums.items())

    def counted(self, setting: Setting) -> bytes:
        """Which charges a variant counts, at which cost and exchange: alike where these are."""
        cost = self.choices.bases[setting.basis].cost
        return f"{cost} {setting.exchange} ".encode() + np.packbits(self._held(setting)).tobytes()

    def numbers(self, setting: Setting) -> NDArray[np.float64]:
        """The variant's number, nearly, for each part (down) and each exchange (across)."""
        choices = self.choices
        key = (choices.bases[setting.basis], choices.cuts[setting.cut])
        if key not in self._amounts:
            held = self._in(*key)
            cost = self._floats[held, COSTS.index(key[0].cost)]
            sums = np.bincount(self._at[held], cost, minlength=len(self._cells))
            self._amounts[key] = sums.astype(np.float64)
        amounts = self._amounts[key] * self._keeps(setting.kinds)
        found: NDArray[np.float64] = self._by_part @ (amounts[:, None] * self._rates)
        return found

    def _held(self, setting: Setting) -> NDArray[np.bool_]:
        """Which rows a variant counts."""
        choices = self.choices
        held = self._in(choices.bases[setting.basis], choices.cuts[setting.cut])
        cells = self._keeps(setting.kinds) & self._parts[setting.part]
        counted: NDArray[np.bool_] = held & cells[self._at]
        return counted

    def _in(self, basis: Basis, cut: Cut) -> NDArray[np.bool_]:
        """Which rows a cost's axis and a cut of the month hold."""
        if basis.axis is Axis.BILLING:
            return self._here & (
                (self._moment < cut.high) | np.bool_(cut.reason is Reason.TIME_ZONE)
            )
        return (self._moment >= cut.low) & (self._moment < cut.high)

    def _keeps(self, switched: tuple[int, ...]) -> NDArray[np.bool_]:
        """Which cells are counted when some kinds are switched."""
        if switched not in self._kept:
            kinds = self.choices.kinds
            put_in = {kinds[at].name for at in switched if kinds[at].added}
            out = {kind.name for kind in kinds if kind.added} - put_in
            out |= {kinds[at].name for at in switched if not kinds[at].added}
            kept = [not (out & cell[2]) for cell in self._cells]
            self._kept[switched] = np.array(kept, np.bool_)
        return self._kept[switched]

    @cached_property
    def _parts(self) -> NDArray[np.bool_]:
        kept = [[part.keeps(cell[0]) for cell in self._cells] for part in self.choices.parts]
        return np.array(kept, np.bool_).reshape(len(self.choices.parts), len(self._cells))

    @cached_property
    def _by_part(self) -> NDArray[np.float64]:
        return self._parts.astype(np.float64)

    @cached_property
    def _rates(self) -> NDArray[np.float64]:
        """What one unit of each cell's currency is in each exchange."""
        one = EXACT.create_decimal(1)
        rates = [
            [float(exchange.convert(one, cell[1])) for exchange in self.choices.exchanges]
            for cell in self._cells
        ]
        return np.array(rates, np.float64).reshape(len(rates), len(self.choices.exchanges))

    def _telling(self, choices: Choices) -> Choices:
        """The choices without those that change nothing; what comes to the same is told as one."""
        held = {kind for cell in self._cells for kind in cell[2]}
        on_charges = choices.bases[0]._replace(axis=Axis.CHARGE)
        parts: dict[bytes, Part] = {}
        for part in choices.parts:
            mask = bytes(part.keeps(cell[0]) for cell in self._cells)
            if any(mask) or not parts:
                parts[mask] = _told_as_one(parts.get(mask), part)
        cuts: dict[bytes, Cut] = {}
        for cut in choices.cuts:
            mask = self._in(on_charges, cut).tobytes()
            cuts[mask] = _told_as_one(cuts.get(mask), cut)
        return choices._replace(
            parts=tuple(parts.values()),
            kinds=tuple(kind for kind in choices.kinds if kind.name in held),
            cuts=tuple(cuts.values()),
        )


Told = TypeVar("Told", "Part", "Cut")


def _told_as_one(first: Told | None, other: Told) -> Told:
    """Two names of the same charges as one; the portal's own has none and keeps it so."""
    if first is None:
        return other
    if not first.said:
        return first
    return first._replace(said=f"{first.said}, or {other.said[0].lower()}{other.said[1:]}")


def _cell(row: Row) -> tuple[tuple[str, ...], str, frozenset[str]]:
    """What all choices but the time turn on."""
    return row.places, row.currency, row.kinds

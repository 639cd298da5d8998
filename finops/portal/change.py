"""Change: what each thing cost in two periods, side by side, in parts that add up to the whole."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

REST = "Everything else"


class Change(NamedTuple):
    """One thing, what it cost before and what it costs now."""

    name: str
    before: Decimal
    now: Decimal

    @property
    def by(self) -> Decimal:
        """How much more it costs now; negative when it costs less."""
        return EXACT.subtract(self.now, self.before)


def changes(now: Mapping[str, Decimal], before: Mapping[str, Decimal]) -> tuple[Change, ...]:
    """Every name of either period, the largest cost now first, equals by name."""
    nothing = EXACT.create_decimal(0)
    joined = (
        Change(name, before.get(name, nothing), now.get(name, nothing)) for name in {*now, *before}
    )
    return tuple(sorted(joined, key=lambda change: (-change.now, -change.before, change.name)))


def largest(parts: Sequence[Change], most: int) -> tuple[Change, ...]:
    """The costliest parts, the rest as one; they add up to what all parts add up to."""
    return parts_of(tuple(parts), tuple(parts)[:most])


def movers(parts: Sequence[Change], most: int) -> tuple[Change, ...]:
    """The parts that moved most, largest rise first, the rest as one at the end."""
    moved = sorted(parts, key=lambda change: (-abs(change.by), change.name))[:most]
    return parts_of(tuple(parts), tuple(sorted(moved, key=lambda change: -change.by)))


def parts_of(parts: tuple[Change, ...], kept: tuple[Change, ...]) -> tuple[Change, ...]:
    """The parts that are kept, and one more for all that are not."""
    left = [part for part in parts if part not in kept]
    if len(left) <= 1:
        return (*kept, *left)
    return (*kept, whole(left, f"{REST} ({len(left)})"))


def whole(parts: Sequence[Change], name: str) -> Change:
    """All parts as one."""
    return Change(name, total(part.before for part in parts), total(part.now for part in parts))

"""Scope: who looks, and at which part of the cost."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from finops.core.measure import Axis


@dataclass(frozen=True)
class Viewer:
    """The person who looks, and what that person's sight is limited to.

    `sees` maps a dimension to the values that may be seen; empty means all. Two limits on one
    dimension meet in what both allow. `hidden` maps a dimension to values that may not be seen,
    whatever else is. Viewers who see the same are the same: answers are kept for all of them.
    """

    name: str = field(compare=False)
    sees: tuple[tuple[str, frozenset[str]], ...] = ()
    hidden: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def limited(self) -> bool:
        """Whether some of the cost is kept from this person."""
        return bool(self.sees or self.hidden)


LOCAL = Viewer("local")


@dataclass(frozen=True)
class Scope:
    """The part of the cost that is looked at; it carries its viewer.

    `filters` maps dimensions to the values that are kept; `None` as a value keeps rows where the
    dimension is null. `start` and `end` are a half-open interval of days on `axis`.
    """

    viewer: Viewer = LOCAL
    filters: tuple[tuple[str, frozenset[str | None]], ...] = field(default=())
    start: date | None = None
    end: date | None = None
    axis: Axis | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is narrowed."""
        return not (self.viewer.limited or self.filters or self.start or self.end)

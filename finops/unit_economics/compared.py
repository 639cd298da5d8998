"""Compared: saved scenarios side by side, and the assumptions in which they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.unit_economics.levers import ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.unit_economics.scenarios import Scenario


class Shift(NamedTuple):
    """One figure of a scenario: as it was, and as it would be; None where it is not known."""

    was: Decimal | None
    would: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One scenario beside others.

    `levers` are those that were moved, with their shares; `own` are the assumptions that not every
    one of the others makes.
    """

    scenario: Scenario
    stale: bool
    levers: tuple[tuple[str, Decimal], ...]
    cost: Shift
    unit_cost: Shift
    margin: Shift
    own: tuple[str, ...]


def compare(found: Sequence[Scenario], *, newest_month: str) -> tuple[Compared, ...]:
    """Scenarios side by side, in their order, as of the newest month that is in."""
    shared = set.intersection(*(set(one.assumptions) for one in found)) if found else set()
    return tuple(
        Compared(
            scenario=one,
            stale=one.stale(newest_month),
            levers=_levers(one),
            cost=_shift(one, "cost"),
            unit_cost=_shift(one, "unit_cost"),
            margin=_shift(one, "margin"),
            own=tuple(said for said in one.assumptions if said not in shared),
        )
        for one in found
    )


def _levers(one: Scenario) -> tuple[tuple[str, Decimal], ...]:
    """The levers that were moved; the share of cost or coverage may stand at nothing."""
    told = ((name, getattr(one.levers, name)) for name in ORDER)
    return tuple(
        (name, place)
        for name, place in told
        if place is not None and (place or name in {"shared", "coverage"})
    )


def _shift(one: Scenario, name: str) -> Shift:
    return Shift(one.figure(f"actual_{name}"), one.figure(f"scenario_{name}"))

"""Drivers: what drives a cost, day by day: the units of a product, or how much of it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.errors import UsageError
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from finops.access.workspace import Workspace
    from finops.dataset import Snapshot
    from finops.ingestion.metric_gaps import Series

_COUNTED = frozenset({Kind.UNITS, Kind.USAGE})

Units = dict["date", "Decimal"]


def drivers_of(workspace: Workspace, snapshot: Snapshot | None) -> dict[str, Units]:
    """By `product unit` the units, sold or used, of each day that has those of every segment."""
    found: dict[str, list[Series]] = {}
    for one in series(metrics_of(workspace, snapshot)):
        if one.kind in _COUNTED and one.grain is Grain.DAY:
            found.setdefault(f"{one.product} {one.unit}".strip(), []).append(one)
    return {name: _summed(those) for name, those in found.items()}


def units_of(known: dict[str, Units], driver: str, days: Iterable[date]) -> Units:
    """What drove a cost on some days; nothing where nothing is named.

    Raises:
        UsageError: nobody counts it, or a day is missing.
    """
    if not driver:
        return {}
    if driver not in known:
        message = f"Nobody counts {driver!r} day by day."
        some = ", ".join(sorted(known)[:3]) or "none yet"
        raise UsageError(message, remedy=f"Name a product and its unit. Counted are: {some}.")
    there = known[driver]
    wanted = tuple(days)
    missing = [day for day in wanted if day not in there]
    if missing:
        message = f"{driver} has no figure on {len(missing)} days, the first of them {missing[0]}."
        raise UsageError(message, remedy="Bring them with `finops metrics add FILE`.")
    return {day: there[day] for day in wanted}


def _summed(found: list[Series]) -> Units:
    """All segments together; a day that lacks one of them says nothing."""
    lacking = {day for one in found for day in one.missing}
    sums: Units = {}
    for one in found:
        for day, amount in one.figures:
            sums[day] = EXACT.add(sums[day], amount) if day in sums else amount
    return {day: amount for day, amount in sums.items() if day not in lacking}

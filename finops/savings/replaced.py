"""Replaced: whether what was deleted lives on under another name, so that nothing was saved."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.core.scope import Scope
from finops.dataset.sql import parse

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

    from finops.dataset import Dataset
    from finops.savings.saving import Saving

BEFORE, AFTER = timedelta(days=7), timedelta(days=30)
"""A replacement begins at most so long before, or after, the day of the deletion."""
ALIKE = Decimal("0.35")
"""It costs by at most this share more or less a day."""

_QUESTION = """
SELECT ResourceId, coalesce(ServiceName, ''), coalesce(RegionId, ''), coalesce(x_Team, ''),
  coalesce(ResourceType, ''), min(x_ChargeDay), max(x_ChargeDay),
  count(DISTINCT x_ChargeDay), sum(coalesce(EffectiveCost, 0))
FROM lines WHERE ChargeCategory = 'Usage' AND ResourceId <> ''
GROUP BY ResourceId, coalesce(ServiceName, ''), coalesce(RegionId, ''), coalesce(x_Team, ''),
  coalesce(ResourceType, '')
"""


class _Seen(NamedTuple):
    """A resource as the bill shows it: what it is and whose, since when, and what a day costs."""

    resource: str
    alike: tuple[str, ...]
    first: date
    per_day: Decimal


def replacement(dataset: Dataset, saving: Saving, until: date) -> str:
    """The resource that took the place of one that was deleted; empty where none did.

    It is of the same service, type, region and owner, was not there in the baseline, appears
    around the day of the deletion and costs about as much a day.
    """
    frozen, day = saving.baseline, saving.implemented_on
    if frozen is None or day is None or not frozen.resources:
        return ""
    old = _seen(dataset, frozen.start, frozen.end, frozen.resources)
    later = _seen(dataset, day - BEFORE, max(until, day + timedelta(days=1)))
    begun = (one for one in later if day - BEFORE < one.first <= day + AFTER)
    new = tuple(one.resource for one in begun if _takes_place(one, old))
    there = {one.resource for one in _seen(dataset, frozen.start, frozen.end, new)} if new else ()
    return next((one for one in new if one not in there), "")


def _takes_place(new: _Seen, old: Iterable[_Seen]) -> bool:
    return any(
        new.alike == one.alike
        and one.per_day > 0
        and abs(new.per_day - one.per_day) <= ALIKE * one.per_day
        for one in old
    )


def _seen(dataset: Dataset, start: date, end: date, named: Collection[str] = ()) -> list[_Seen]:
    """Every resource of some days, or those that are named, its parts by service added up.

    Its largest part says what it is.
    """
    only = (("ResourceId", frozenset[str | None](named)),) if named else ()
    here = dataset.within(Scope(filters=only, start=start, end=end, axis=Axis.CHARGE))
    groups: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in here.select(parse(_QUESTION)).rows:
        groups[str(row[0])].append(row)
    return [_one(name, rows) for name, rows in sorted(groups.items())]


def _one(name: str, rows: list[tuple[object, ...]]) -> _Seen:
    largest = max(rows, key=lambda row: Decimal(str(row[8])))
    days = max(int(str(row[7])) for row in rows)
    cost = sum((Decimal(str(row[8])) for row in rows), Decimal(0))
    first = min(date.fromisoformat(str(row[5])[:10]) for row in rows)
    return _Seen(name, tuple(str(part) for part in largest[1:5]), first, cost / max(days, 1))

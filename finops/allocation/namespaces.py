"""Namespaces: how the charges of a cluster say themselves what each of its namespaces used.

FOCUS 1.3 delivers a split charge as allocated charges, which take its place. AWS lays rows without
a cost beside the charge of a machine and says on them how that is to be split. Either is the
bill's own word, and holds before what OpenCost estimates.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.allocation.pods import CLUSTER_KEYS
from finops.allocation.pods import IDLE
from finops.allocation.pods import NAMESPACE_KEYS
from finops.allocation.pods import pod
from finops.allocation.pods import tags_of
from finops.allocation.splits import MARK
from finops.allocation.splits import splits
from finops.core.amount import EXACT
from finops.core.amount import shortest
from finops.core.condition import folded
from finops.core.pool import CATEGORY
from finops.core.pool import COMMITMENT
from finops.core.pool import NAMESPACE_COST
from finops.dataset.read import column
from finops.dataset.read import EXTRA
from finops.dataset.read import TAG
from finops.dataset.sql import DIALECT
from finops.dataset.sql import parse
from finops.errors import UsageError
from finops.measures import ask
from finops.measures.query import planned
from finops.measures.window import window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.core.pool import Pool
    from finops.dataset import Dataset
    from finops.measures import Query

_ALLOCATED = ("AllocatedResourceId", "AllocatedResourceName", "AllocatedTags")
_EXTRA = {
    "parent": ("split_line_item_parent_resource_id", "splitLineItem/ParentResourceId"),
    "used": ("split_line_item_split_cost", "splitLineItem/SplitCost"),
    "unused": ("split_line_item_unused_cost", "splitLineItem/UnusedCost"),
}
"""What AWS calls the columns of its split rows, in its newer exports and in the older."""

_TAGS = tuple(TAG + key for key in (*CLUSTER_KEYS, *NAMESPACE_KEYS))
_COSTS = "sum(abs(coalesce(BilledCost, 0)) + abs(coalesce(EffectiveCost, 0)))"
_NUMBER = "coalesce(TRY_CAST({} AS DECIMAL(38,18)), 0)"

_SPLIT = """
SELECT {keys}, {parent}, {used}, {unused}, {costs} FROM lines
WHERE {parent} <> '' GROUP BY {keys}, {parent}
"""
_WHOLE = """
SELECT ResourceId, {costs} FROM lines WHERE coalesce({parent}, '') = '' GROUP BY ResourceId
"""


class Source(StrEnum):
    """Where it is known from what each namespace used."""

    ALLOCATED = "FOCUS allocated charges"
    ROWS = "the provider's split rows"
    OPENCOST = "OpenCost"


class Used(NamedTuple):
    """How much each namespace used, as the charges that one pool takes say; idle is one of them."""

    pool: str
    source: Source
    weights: Mapping[str, Decimal]


class _Row(NamedTuple):
    """Charges of one namespace: what pools look at, the cluster it is of, and its weight."""

    values: Mapping[str, object]
    cluster: str
    namespace: str
    weight: Decimal


def told_by_charges(dataset: Dataset, pools: Sequence[Pool], asked: Query) -> tuple[Used, ...]:
    """What the charges of each cluster say of its namespaces; a cluster of which none does is out.

    A cluster is a pool that is shared by namespace cost. The charges are read only where there is
    one.

    Raises:
        UsageError: a resource is charged whole and in parts as well, so that it counts twice.
    """
    clusters = [one for one in pools if by_namespace(one)]
    if not clusters:
        return ()
    never_both(dataset, asked)
    named = tuple(dict.fromkeys(name for pool in clusters for name in pool.columns))
    found: list[Used] = []
    for source, rows in (
        (Source.ALLOCATED, list(_allocated(dataset, asked, named))),
        (Source.ROWS, list(_rows(dataset, asked, named))),
    ):
        for pool in clusters:
            weights = _weights(row for row in rows if _belongs(row, pool))
            if weights and pool.id not in {one.pool for one in found}:
                found.append(Used(pool.id, source, weights))
    return tuple(found)


def by_namespace(pool: Pool) -> bool:
    """Whether a pool is a cluster: it is shared by what each namespace cost."""
    return pool.metric == NAMESPACE_COST


def never_both(dataset: Dataset, asked: Query) -> None:
    """Refuse a period in which a charge is there whole, and in parts that add up to it as well.

    Raises:
        UsageError: it names the resource, the month and both amounts.
    """
    days = window(asked)
    start, end = f"{days.start}", f"{days.end}"
    months = {
        part.month
        for part in dataset.snapshot.charges
        if MARK in part.columns and part.first_day < end and part.end_day > start
    }
    for month in sorted(months):
        for one in splits(dataset, month):
            if one.twice:
                whole, parts = (f"{shortest(n):,f} {one.currency}" for n in (one.whole, one.parts))
                how = f"{whole} whole and {parts} in {one.charges} parts"
                raise _twice(one.resource, how)


def _allocated(dataset: Dataset, asked: Query, named: Sequence[str]) -> Iterator[_Row]:
    """The allocated charges of FOCUS 1.3: their cost is their weight."""
    if not any(MARK in part.columns for part in dataset.snapshot.charges):
        return
    by = (*named, CATEGORY, COMMITMENT, MARK, *_ALLOCATED)
    for row in ask(dataset, replace(asked, by=tuple(dict.fromkeys(by)))).records():
        if row[MARK]:
            resource, name, tags = (row[one] for one in _ALLOCATED)
            where = pod(tags_of(tags), str(resource or ""), str(name or ""))
            yield _Row(row, *where, _number(row[asked.measures[0]]))


def _rows(dataset: Dataset, asked: Query, named: Sequence[str]) -> Iterator[_Row]:
    """The rows that AWS lays beside a charge: what is used of it, and what is not."""
    narrowed, _ = planned(dataset, asked)
    names = tuple(dict.fromkeys((*named, CATEGORY, COMMITMENT, *_TAGS)))
    keys = ", ".join(column(one).sql(DIALECT) for one in (*names, "ResourceId"))
    used, unused = (f"sum({_NUMBER.format(_extra(one))})" for one in ("used", "unused"))
    question = _SPLIT.format(
        keys=keys, parent=_extra("parent"), used=used, unused=unused, costs=_COSTS
    )
    found = narrowed.select(parse(question)).rows
    _hold_parents(narrowed, {str(row[-4]): row[-1] for row in found if row[-1]})
    for row in found:
        values = dict(zip(names, row, strict=False))
        tags = {one.removeprefix(TAG): str(values[one]) for one in _TAGS if values[one]}
        where = pod(tags, str(row[len(names)] or ""))
        yield _Row(values, *where, _number(row[-3]))
        yield _Row(values, where.cluster, IDLE, _number(row[-2]))


def _hold_parents(narrowed: Dataset, costs: Mapping[str, object]) -> None:
    """Refuse split rows that have a cost beside their parent's."""
    if not costs:
        return
    question = _WHOLE.format(parent=_extra("parent"), costs=_COSTS)
    for resource, cost in narrowed.select(parse(question)).rows:
        if resource in costs and cost:
            raise _twice(resource, "the charge itself and the rows that split it have a cost each")


def _extra(name: str) -> str:
    """A column of split rows, however it is called."""
    return f"coalesce({', '.join(column(EXTRA + one).sql(DIALECT) for one in _EXTRA[name])})"


def _belongs(row: _Row, pool: Pool) -> bool:
    """Whether a pool takes these charges, or names the cluster they are of."""
    of_name = bool(pool.product) and folded(pool.product) == folded(row.cluster)
    return of_name or pool.takes(row.values)


def _weights(rows: Iterable[_Row]) -> dict[str, Decimal]:
    """How much each namespace used; what refunds bring below 0 weighs nothing."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.namespace] = EXACT.add(sums[row.namespace], row.weight)
    return {name: weight for name, weight in sums.items() if weight > 0}


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _twice(resource: str, how: str) -> UsageError:
    message = f"{resource} is charged twice: {how}."
    return UsageError(message, remedy="Import the bill again with one of them, with --replace.")

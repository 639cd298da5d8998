"""Clusters: what each namespace of a shared cluster cost, and what nobody used, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.allocation.namespaces import by_namespace
from finops.allocation.namespaces import Source
from finops.allocation.pods import IDLE
from finops.core.amount import total
from finops.core.pool import Method

if TYPE_CHECKING:
    from finops.allocation.allocated import Allocation
    from finops.allocation.shared import Sharing

_NOTHING = Decimal(0)


class Line(NamedTuple):
    """One namespace: the team that bears it, how much it used, and what that cost."""

    namespace: str
    team: str
    used: Decimal
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A shared cluster in a period, in `currency`: Σ `lines` + `idle` = `cost`.

    `cost` is what the pool took and what other pools passed on to it. `source` says where it is
    known from what each namespace used; none where nothing is, and then there are no lines: `why`
    says how its cost was shared instead. `idle` is what nobody used; `keeper` bears it.
    """

    id: str
    name: str
    currency: str
    cost: Decimal
    source: Source | None
    lines: tuple[Line, ...] = ()
    idle: Decimal = _NOTHING
    keeper: str = ""
    why: str = ""

    @property
    def used(self) -> Decimal:
        """What its namespaces cost together."""
        return total(line.amount for line in self.lines)

    @property
    def total(self) -> Decimal:
        """What its namespaces and its idle part add up to; the cost where nothing is told."""
        return total((self.used, self.idle)) if self.source else self.cost


def clusters(found: Allocation) -> tuple[Cluster, ...]:
    """The clusters of an allocation, the costliest first."""
    sources = {one.pool: one.source for one in found.used}
    told = [
        _cluster(one, sources.get(one.pool.id, Source.OPENCOST), found.currency)
        for one in found.pools
        if by_namespace(one.pool)
    ]
    return tuple(sorted(told, key=lambda one: (-one.cost, one.id)))


def _cluster(one: Sharing, source: Source, currency: str) -> Cluster:
    if one.method is not Method.METRIC:
        return Cluster(
            id=one.pool.id,
            name=one.pool.name,
            currency=currency,
            cost=one.whole,
            source=None,
            why=one.why,
        )
    idle = [share for share in one.shares if share.via == IDLE]
    lines = [
        Line(share.via, share.to, share.weight, share.amount)
        for share in one.shares
        if share.via != IDLE
    ]
    return Cluster(
        id=one.pool.id,
        name=one.pool.name,
        currency=currency,
        cost=one.whole,
        source=source,
        lines=tuple(sorted(lines, key=lambda line: (-line.amount, line.namespace))),
        idle=total(share.amount for share in idle),
        keeper=next((share.to for share in idle), ""),
        why=one.why,
    )

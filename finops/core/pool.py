"""Pool: a shared cost, whose it is before, and the method by which teams bear it.

A charge belongs to the first pool that takes it. What a pool takes is borne by its targets, teams
or other pools (`pool:ID`); pools that pass on to each other are shared in that order, so there may
be no circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from decimal import InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.core import validity
from finops.core.condition import COLUMNS
from finops.core.condition import folded
from finops.core.condition import RESOURCE
from finops.core.document import Node
from finops.core.references import names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.core.organization import Organization

TO_POOL = "pool:"
"""What the name of a target begins with that is another pool."""

CATEGORY, COMMITMENT = "ChargeCategory", "CommitmentDiscountStatus"

NAMESPACE_COST = "namespace cost"
"""The metric of a pool that is a cluster: what each namespace used, as the bill or OpenCost says.

`product` then names the cluster.
"""

NAMES = {name: column for name, column in COLUMNS.items() if column not in RESOURCE} | {
    "provider": "ServiceProviderName",
    "publisher": "PublisherName",
    "commitment": COMMITMENT,
}
"""What a pool may look at besides own dimensions, as pools call it, and the column that is."""

_OWN = "x_"


class Method(StrEnum):
    """How a pool is shared (domain.md 3)."""

    EVEN = "even"
    FIXED = "fixed"
    PROPORTIONAL = "proportional"
    METRIC = "metric"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One thing that must be so of a charge: a dimension has one of these values."""

    name: str
    values: tuple[str, ...]

    @property
    def column(self) -> str:
        """The dimension that is looked at."""
        return NAMES.get(self.name, self.name)

    def holds(self, charge: Mapping[str, object]) -> bool:
        """Whether it is so, without regard to case."""
        found = charge.get(self.column)
        return found is not None and folded(str(found)) in map(folded, self.values)


@dataclass(frozen=True, kw_only=True)
class Pool:
    """A shared cost.

    Without `targets` every team bears it that has a cost of its own. `weights` are those of the
    fixed method, by target. `metric` is the unit of the usage figures of the metric method, of
    `product` where that is named; a figure's segment names the team, or `segments` says whose it
    is. `fallback` is the method where there is no figure.
    """

    id: str
    name: str
    when: tuple[Taken, ...]
    method: Method = Method.PROPORTIONAL
    targets: tuple[str, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()
    metric: str = ""
    product: str = ""
    segments: tuple[tuple[str, str], ...] = ()
    fallback: Method = Method.PROPORTIONAL
    valid_from: str | None = None
    valid_to: str | None = None
    note: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every dimension it looks at."""
        return tuple(taken.column for taken in self.when)

    @property
    def passes_to(self) -> tuple[str, ...]:
        """The other pools that bear it."""
        named = (*self.targets, *(name for name, _ in self.weights))
        return tuple(name.removeprefix(TO_POOL) for name in named if name.startswith(TO_POOL))

    def takes(self, charge: Mapping[str, object]) -> bool:
        """Whether a charge is in the pool.

        Tax, and what is unused of a commitment, stay where they are unless the pool names them:
        tax may be recovered, and unused is its purchaser's (domain.md 3 and 17).
        """
        if charge.get(CATEGORY) == "Tax" and CATEGORY not in self.columns:
            return False
        if charge.get(COMMITMENT) == "Unused" and COMMITMENT not in self.columns:
            return False
        return all(taken.holds(charge) for taken in self.when)


def held(pools: Iterable[Pool], month: str) -> tuple[Pool, ...]:
    """The pools that hold in a billing month, each before those that it passes on to."""
    return ordered(validity.held(pools, month))


def ordered(pools: Sequence[Pool]) -> tuple[Pool, ...]:
    """The pools, each before those that it passes on to; else in their own order.

    What passes to a pool that is not here passes to nobody. Raises nothing: `read_pools` has
    refused circles.
    """
    known = {pool.id: pool for pool in pools}
    done: dict[str, Pool] = {}

    def visit(pool: Pool) -> None:
        for other in pools:
            if pool.id in other.passes_to and other.id not in done:
                visit(other)
        done.setdefault(pool.id, known[pool.id])

    for pool in pools:
        visit(pool)
    return tuple(done.values())


def read_pools(node: Node) -> tuple[Pool, ...]:
    """Read the pools of a rule set as people write them down.

    Raises:
        InputError: with the path of what cannot be, such as `pools[1].targets[0]`.
    """
    parts = node.items()
    pools = tuple(_pool(part) for part in parts)
    known = {pool.id for pool in pools}
    for place, (pool, part) in enumerate(zip(pools, parts, strict=True)):
        if pool.id in {earlier.id for earlier in pools[:place]}:
            part.refuse(f"the pool {pool.id!r} stands here twice.")
        for target in pool.passes_to:
            if target not in known:
                part.refuse(f"the pool {pool.id!r} passes to {target!r}, which is no pool.")
    if circle := _circle(pools):
        node.refuse(f"pools pass on in a circle: {' → '.join(circle)}.")
    return pools


def write_pools(pools: Iterable[Pool]) -> list[dict[str, object]]:
    """The pools as people write them down; `read_pools` reads them back the same."""
    return [_body(pool) for pool in pools]


def _circle(pools: Sequence[Pool]) -> tuple[str, ...]:
    """The pools of a circle in its order, the first once more at the end; empty without one."""
    following = {pool.id: pool.passes_to for pool in pools}
    clear: set[str] = set()

    def walk(path: tuple[str, ...]) -> tuple[str, ...]:
        for name in following[path[-1]]:
            if name in path:
                return (*path[path.index(name) :], name)
            if name not in clear and (found := walk((*path, name))):
                return found
        clear.add(path[-1])
        return ()

    return next((found for pool in pools if (found := walk((pool.id,)))), ())


def _pool(node: Node) -> Pool:
    texts = ("name", "metric", "product", "valid_from", "valid_to", "note")
    part = node.named("id", "when", "method", "targets", "weights", "segments", "fallback", *texts)
    told = {name: part[name].text_or_none() for name in texts}
    pool = Pool(
        id=part["id"].text(),
        name=told["name"] or part["id"].text(),
        when=tuple(_taken(name, one) for name, one in part["when"].entries().items()),
        method=_method(part["method"]),
        targets=part["targets"].texts(),
        weights=tuple((name, _weight(one)) for name, one in part["weights"].entries().items()),
        metric=told["metric"] or "",
        product=told["product"] or "",
        segments=tuple((folded(k), v) for k, v in part["segments"].text_map().items()),
        fallback=_method(part["fallback"]),
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
        note=told["note"],
    )
    _check(pool, part, node)
    return pool


def _check(pool: Pool, part: Mapping[str, Node], node: Node) -> None:
    """Refuse a pool that takes everything, or whose method lacks what it works by."""
    if not pool.when:
        part["when"].refuse("a pool takes some charges and not all, such as x_Team: platform.")
    if Method.FIXED in {pool.method, pool.fallback} and not any(n for _, n in pool.weights):
        part["weights"].refuse("the fixed method needs a weight above 0, such as search: 30.")
    if pool.method is Method.METRIC and not pool.metric:
        part["metric"].refuse("the metric method needs the unit of usage figures.")
    if pool.fallback is Method.METRIC:
        part["fallback"].refuse("without figures there is only even, fixed or proportional.")
    validity.check(pool, node)


def _taken(name: str, node: Node) -> Taken:
    if name not in NAMES and not name.startswith(_OWN):
        node.refuse(f"a pool takes by an own dimension such as x_Team, or by {', '.join(NAMES)}.")
    several = isinstance(node.value, (list, tuple))
    values = node.texts() if several else (node.text(),)
    if not values:
        node.refuse("at least one value must stand here.")
    return Taken(name=name, values=values)


def _method(node: Node) -> Method:
    told = node.text_or_none() or Method.PROPORTIONAL.value
    if told not in list(Method):
        node.refuse(f"{told!r} is none of {', '.join(Method)}.")
    return Method(told)


def _weight(node: Node) -> Decimal:
    whole = isinstance(node.value, int) and not isinstance(node.value, bool)
    try:
        weight = Decimal(str(node.value) if whole else node.text())
    except InvalidOperation:
        node.refuse(f"{node.value!r} is no number.")
    if not weight.is_finite() or weight < 0:
        node.refuse(f"{weight} is no weight of 0 or more.")
    return weight


def _body(pool: Pool) -> dict[str, object]:
    when = {one.name: one.values[0] if len(one.values) == 1 else [*one.values] for one in pool.when}
    body: dict[str, object] = {"id": pool.id, "name": pool.name, "when": when}
    body |= {"method": pool.method.value, "targets": [*pool.targets], "metric": pool.metric}
    body |= {"weights": {name: f"{weight:f}" for name, weight in pool.weights}}
    body |= {"product": pool.product, "segments": dict(pool.segments)}
    body |= {"fallback": pool.fallback.value, "valid_from": pool.valid_from}
    body |= {"valid_to": pool.valid_to, "note": pool.note}
    return {name: value for name, value in body.items() if value}


def check_pools(pools: Iterable[Pool], organization: Organization) -> None:
    """Refuse pools that look at a dimension, or are borne by a team, that nobody has.

    Raises:
        InputError: with the path of the first such name.
    """
    teams = names(organization, "teams")
    for place, pool in enumerate(pools):
        for taken in pool.when:
            if taken.name.startswith(_OWN) and taken.name not in organization.own_dimensions:
                node = Node(taken.name, f"pools[{place}].when.{taken.name}")
                node.refuse("the organization has no such dimension.")
        borne = (*pool.targets, *(n for n, _ in pool.weights), *(n for _, n in pool.segments))
        for name in borne:
            if teams and not name.startswith(TO_POOL) and name not in teams:
                Node(name, f"pools[{place}]").refuse(f"{name!r} is not declared in teams.")

"""Two trees: the same amount as finance books it and as engineering runs it, down to the resource.

Each tree is asked for by itself, and so is the amount over all charges: that they agree is found,
not assumed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.measures import ask

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from finops.core.organization import Organization
    from finops.dataset import Dataset
    from finops.measures import Query

CENTER, ACCOUNT, ENTITY = "x_CostCenter", "x_GeneralLedgerAccount", "x_LegalEntity"
ENGINEERING = ("x_Team", "ServiceName", "SubAccountName")
RESOURCE = "ResourceId"
_NOTHING = Decimal(0)


class Step(NamedTuple):
    """One step of the way to a branch: a dimension and its value there."""

    dimension: str
    value: str | None


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A part of a tree: the way to it, what it is called, and what all below it cost.

    `values` are the values of its last step's dimension that it stands for: a cost center and all
    that are below it.
    """

    way: tuple[Step, ...]
    name: str
    amount: Decimal
    values: frozenset[str | None]

    @property
    def depth(self) -> int:
        """How many steps it is from the top."""
        return len(self.way)


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A cost by one structure: its dimensions from the top, and every branch, parents first."""

    name: str
    dimensions: tuple[str, ...]
    currency: str
    branches: tuple[Branch, ...]

    @property
    def total(self) -> Decimal:
        """What the branches at the top add up to."""
        return total(branch.amount for branch in self.branches if branch.depth == 1)

    def below(self, way: tuple[Step, ...]) -> tuple[Branch, ...]:
        """The branches one step below another; at the top for an empty way."""
        deeper = len(way) + 1
        return tuple(b for b in self.branches if b.depth == deeper and b.way[:-1] == way)

    def at(self, way: tuple[Step, ...]) -> Branch | None:
        """The branch at the end of a way."""
        return next((branch for branch in self.branches if branch.way == way), None)


@dataclass(frozen=True, kw_only=True)
class TwoTrees:
    """One number by finance's tree and by engineering's, and over all charges."""

    finance: Tree
    engineering: Tree
    charges: Decimal

    @property
    def difference(self) -> Decimal:
        """What the two trees differ by."""
        return EXACT.subtract(self.finance.total, self.engineering.total)

    @property
    def agree(self) -> bool:
        """Whether both are what all charges add up to."""
        return self.finance.total == self.engineering.total == self.charges


class Resource(NamedTuple):
    """One resource with its place in both trees."""

    id: str
    center: str
    account: str
    team: str
    service: str
    amount: Decimal


def two_trees(dataset: Dataset, asked: Query) -> TwoTrees:
    """Both trees of what is asked for, in one currency.

    Raises:
        UsageError: the measure, the period or the currency do not fit.
        RateMissing: a conversion is needed and there is no rate.
    """
    organization = dataset.organization
    entity = (ENTITY,) if ENTITY in dataset.own_dimensions else ()
    finance = _tree(dataset, asked, "Finance", (*entity, CENTER, ACCOUNT))
    return TwoTrees(
        finance=_nested(finance, organization),
        engineering=_tree(dataset, asked, "Engineering", ENGINEERING),
        charges=ask(dataset, replace(asked, by=())).total[asked.measures[0]] or _NOTHING,
    )


def resources(dataset: Dataset, asked: Query, branch: Branch) -> tuple[Resource, ...]:
    """The resources of a branch, the costliest first, each with its place in both trees.

    This reads the charges of the period, and not only their sums.
    """
    where = [(step.dimension, step.value or "") for step in branch.way[:-1]]
    where = [one for one in where if one[0] != branch.way[-1].dimension]
    where += [(branch.way[-1].dimension, value or "") for value in branch.values]
    by = (RESOURCE, CENTER, ACCOUNT, "x_Team", "ServiceName")
    answer = ask(dataset, replace(asked, by=by, where=(*asked.where, *where)))
    found = [
        Resource(
            _text(one), _text(center), _text(account), _text(team), _text(service), _amount(cost)
        )
        for one, center, account, team, service, cost in answer.rows
    ]
    return tuple(sorted((r for r in found if r.amount), key=lambda r: (-abs(r.amount), r.id)))


def _tree(dataset: Dataset, asked: Query, name: str, dimensions: tuple[str, ...]) -> Tree:
    answer = ask(dataset, replace(asked, by=dimensions))
    sums: dict[tuple[Step, ...], Decimal] = defaultdict(Decimal)
    for row in answer.records():
        steps = tuple(Step(d, _text(row[d]) or None) for d in dimensions)
        for depth in range(1, len(steps) + 1):
            sums[steps[:depth]] = EXACT.add(sums[steps[:depth]], _amount(row[asked.measures[0]]))
    return Tree(
        name=name,
        dimensions=dimensions,
        currency=answer.currency,
        branches=_sorted(_branch(way, amount) for way, amount in sums.items()),
    )


def _branch(way: tuple[Step, ...], amount: Decimal) -> Branch:
    value = way[-1].value
    return Branch(way=way, name=value or "(none)", amount=amount, values=frozenset({value}))


def _nested(tree: Tree, organization: Organization) -> Tree:
    """The tree with each cost center below its parent."""
    parents = {center.id: center.parent for center in organization.cost_centers}
    called = organization.called
    sums: dict[tuple[Step, ...], Decimal] = defaultdict(Decimal)
    values: dict[tuple[Step, ...], set[str | None]] = defaultdict(set)
    for branch in tree.branches:
        way, last = _through(branch.way, parents), branch.way[-1]
        first = len(_through(branch.way[:-1], parents))
        for depth in range(first + 1, len(way) + 1):
            sums[way[:depth]] = EXACT.add(sums[way[:depth]], branch.amount)
            values[way[:depth]].add(last.value)
    found = (
        replace(
            _branch(way, amount),
            name=called.get(way[-1].value or "", way[-1].value or "(none)"),
            values=frozenset(values[way]),
        )
        for way, amount in sums.items()
    )
    return replace(tree, branches=_sorted(found))


def _through(way: tuple[Step, ...], parents: Mapping[str, str | None]) -> tuple[Step, ...]:
    """A way on which the parents of each cost center come before it."""
    found: list[Step] = []
    for step in way:
        chain = [step]
        while step.dimension == CENTER and (above := parents.get(chain[0].value or "")):
            chain.insert(0, Step(CENTER, above))
        found += chain
    return tuple(found)


def _sorted(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    """Parents first; among equals the costliest first, nobody's last."""
    return tuple(
        sorted(branches, key=lambda b: (b.depth, b.name == "UNALLOCATED", -b.amount, b.name))
    )


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else _NOTHING


def _text(value: object) -> str:
    return "" if value is None else str(value)

"""Mapping: the ordered rules by which charges find their team, product and cost center.

Rules are tried in their order, for each dimension anew: the first that matches and has a value
decides. What no rule decides is told by the organization's own dimensions.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from finops.core import validity
from finops.core.condition import folded
from finops.core.condition import Predicate
from finops.core.condition import read_predicates
from finops.core.condition import read_source
from finops.core.condition import RESOURCE
from finops.core.condition import Source
from finops.core.condition import write_predicates
from finops.core.dimension import LEDGER
from finops.core.document import Node
from finops.core.lookup import Lookup
from finops.core.lookup import read_lookup
from finops.core.lookup import write_lookup
from finops.core.pool import check_pools
from finops.core.pool import Pool
from finops.core.pool import read_pools
from finops.core.pool import write_pools
from finops.core.references import names
from finops.core.references import VALUES
from finops.core.required import read_required
from finops.core.required import Required
from finops.core.required import write_required

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from finops.core.organization import Organization

FINOPS = "FinOps"
"""Who answers for what nobody owns, as long as nobody else is named."""

_PARTS = ("rules", "lookups", "stewards", "steward", "pools", "required")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A value that is read off the charge itself: a part of a name, or what a table says of it.

    `lookup` names a table of the rule set and `column` one of its columns; `values` is a table of
    the rule's own, already folded. Without either, what is read is the value.
    """

    source: Source
    lookup: str = ""
    column: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class MappingRule:
    """If all of `when` is so, each dimension of `then` has its value, unless one before decided it.

    `steward` is who answers for the rule.
    """

    id: str
    when: tuple[Predicate, ...] = ()
    then: tuple[tuple[str, str | Told], ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    steward: str | None = None
    note: str | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions it decides."""
        return tuple(name for name, _ in self.then)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everything it looks at."""
        told = (value.source for _, value in self.then if isinstance(value, Told))
        return (*(predicate.source for predicate in self.when), *told)

    @property
    def by_resource(self) -> bool:
        """Whether it looks at the resource itself."""
        return any(source.column in RESOURCE for source in self.sources)


@dataclass(frozen=True, kw_only=True)
class Stewardship:
    """Who answers for what nobody owns, where all of `when` is so."""

    person: str
    when: tuple[Predicate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """The rules in their order, the tables they look things up in, and who answers for the rest.

    The first stewardship that fits holds, and else `steward`. `pools` are the shared costs, and
    `required` is what every charge that can have it should have.
    """

    rules: tuple[MappingRule, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    stewards: tuple[Stewardship, ...] = ()
    steward: str = FINOPS
    pools: tuple[Pool, ...] = ()
    required: tuple[Required, ...] = ()
    by_id: Mapping[str, MappingRule] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        """Index the rules."""
        object.__setattr__(self, "by_id", {rule.id: rule for rule in self.rules})

    @property
    def digest(self) -> str:
        """What names the content."""
        return hashlib.sha256(json.dumps(self.to_mapping()).encode()).hexdigest()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that a rule decides, in the order in which they first come up."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.dimensions))

    @property
    def by_resource(self) -> bool:
        """Whether a rule looks at the resource itself."""
        return any(rule.by_resource for rule in self.rules)

    def at(self, month: str) -> RuleSet:
        """The rules that hold in a billing month, without what does not decide anything."""
        return RuleSet(
            rules=tuple(
                replace(rule, steward=None, note=None) for rule in validity.held(self.rules, month)
            ),
            lookups=self.lookups,
        )

    def table(self, told: Told) -> tuple[tuple[str, str], ...]:
        """The table that a value is looked up in; empty where what is read is the value."""
        if not told.lookup:
            return told.values
        return next(one for one in self.lookups if one.name == told.lookup).values(told.column)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> RuleSet:
        """Read a rule set as people write it down.

        Raises:
            InputError: with the path of what is wrong, such as `rules[2].when.service`.
        """
        node = Node(mapping).named(*_PARTS)
        lookups = tuple(read_lookup(name, part) for name, part in node["lookups"].entries().items())
        rules = tuple(_rule(part, lookups) for part in node["rules"].items())
        seen: set[str] = set()
        for place, rule in enumerate(rules):
            if rule.id in seen:
                Node(rule.id, f"rules[{place}].id").refuse(f"{rule.id!r} stands here twice.")
            seen.add(rule.id)
        return cls(
            rules=rules,
            lookups=lookups,
            stewards=tuple(_stewardship(part) for part in node["stewards"].items()),
            steward=node["steward"].text_or_none() or FINOPS,
            pools=read_pools(node["pools"]),
            required=read_required(node["required"]),
        )

    def to_mapping(self) -> dict[str, object]:
        """The rule set as people write it down; `from_mapping` reads it back the same."""
        body: dict[str, object] = {"rules": [rule_body(rule) for rule in self.rules]}
        if self.lookups:
            body["lookups"] = {one.name: {"csv": write_lookup(one)} for one in self.lookups}
        if self.stewards:
            body["stewards"] = [
                {"when": write_predicates(one.when), "person": one.person} for one in self.stewards
            ]
        body |= {"steward": self.steward} if self.steward != FINOPS else {}
        body |= {"pools": write_pools(self.pools)} if self.pools else {}
        return body | ({"required": write_required(self.required)} if self.required else {})


EMPTY = RuleSet()
"""No rules: what the organization's own dimensions say holds."""


def rule_body(rule: MappingRule) -> dict[str, object]:
    """One rule as people write it down."""
    then = {name: _value_body(value) for name, value in rule.then}
    body: dict[str, object] = {"id": rule.id, "when": write_predicates(rule.when), "then": then}
    dated = ("valid_from", "valid_to", "steward", "note")
    return body | {name: getattr(rule, name) for name in dated if getattr(rule, name)}


def read_rule(mapping: Mapping[str, object], lookups: tuple[Lookup, ...] = ()) -> MappingRule:
    """Read one rule as people write it down.

    Raises:
        InputError: with the path of what is wrong.
    """
    return _rule(Node(mapping), lookups)


def check(rules: RuleSet, organization: Organization) -> None:
    """Refuse rules that decide a dimension or a value that the organization does not have.

    Raises:
        InputError: with the path of the first such name.
    """
    check_pools(rules.pools, organization)
    for place, rule in enumerate(rules.rules):
        for name, value in rule.then:
            node = Node(value, f"rules[{place}].then.{name}")
            if name not in organization.own_dimensions or name == LEDGER:
                node.refuse(f"the organization has no dimension {name!r} that rules decide.")
            known = names(organization, VALUES[name]) if name in VALUES else frozenset()
            for one in _values(rules, value):
                if known and one not in known:
                    node.refuse(f"{one!r} is not declared in {VALUES[name]}.")


def _values(rules: RuleSet, value: str | Told) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        yield from (one for _, one in rules.table(value))


def _rule(node: Node, lookups: tuple[Lookup, ...]) -> MappingRule:
    part = node.named("id", "when", "then", "valid_from", "valid_to", "steward", "note")
    then = tuple((name, _then(one, lookups)) for name, one in part["then"].entries().items())
    if not then:
        part["then"].refuse("a rule decides at least one dimension, such as x_Team.")
    dated = ("valid_from", "valid_to", "steward", "note")
    rule = MappingRule(
        id=part["id"].text(),
        when=read_predicates(part["when"]),
        then=then,
        **{name: part[name].text_or_none() for name in dated},
    )
    validity.check(rule, node)
    return rule


def _then(node: Node, lookups: tuple[Lookup, ...]) -> str | Told:
    if not isinstance(node.value, dict):
        return node.text()
    part = node.named("from", "part", "by", "aliases", "lookup", "column", "values")
    told = Told(
        source=read_source(part["from"].text(), node),
        lookup=part["lookup"].text_or_none() or "",
        column=part["column"].text_or_none() or "",
        values=tuple((folded(k), v) for k, v in part["values"].text_map().items()),
    )
    if told.lookup or told.column:
        table = next((one for one in lookups if one.name == told.lookup), None)
        if table is None or told.column not in table.columns[1:]:
            node.refuse(f"there is no table {told.lookup!r} with a column {told.column!r}.")
    return told


def _value_body(value: str | Told) -> object:
    if isinstance(value, str):
        return value
    source = value.source
    body: dict[str, object] = {"from": source.name}
    body |= {"part": source.part, "by": source.by} if source.by else {}
    body |= {"aliases": dict(source.aliases)} if source.aliases else {}
    body |= {"lookup": value.lookup, "column": value.column} if value.lookup else {}
    return body | ({"values": dict(value.values)} if value.values else {})


def _stewardship(node: Node) -> Stewardship:
    part = node.named("when", "person")
    return Stewardship(person=part["person"].text(), when=read_predicates(part["when"]))

"""Mapped: which own dimensions charges alike in their mapping inputs have, told once for all.

A part's mapped file has one row for each distinct set of mapping inputs: its key, the tags under
normalized keys, and a value for each of the organization's dimensions. Charges join it by key, so
a changed organization never rewrites a charge.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.condition import normalized
from finops.core.condition import RESOURCE
from finops.core.dimension import RULED
from finops.core.mapping import EMPTY as NO_RULES
from finops.core.references import VALUES
from finops.dataset import ruled
from finops.dataset import source
from finops.dataset.ruled import Ruled
from finops.errors import DatasetError
from finops.errors import InputError
from finops.focus import columns
from finops.focus.normalize import MAPPING_INPUTS
from finops.focus.normalize import MAPPING_KEY
from finops.focus.normalize import quoted
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from finops.core.dimension import Dimension
    from finops.core.mapping import RuleSet
    from finops.core.organization import Organization
    from finops.dataset.engine_duckdb import Engine

NAMED = "x_Named"
"""Whether a row is of one resource: there is one only where the resource maps otherwise."""

_TRIMMED = ruled.TRIMMED
ASKED = "asked_"
"""A table of a workbench: every set of inputs with the number of the rule that decides it."""

_KNOWN, _KEYED, _RESOURCES, _TEXTS = "known_", "keyed_", "resources_", "texts_"


def rule_of(dimension: str) -> str:
    """The column that says which rule decided a dimension; null where none did."""
    return RULED + dimension.removeprefix("x_")


def columns_of(rules: RuleSet) -> tuple[str, ...]:
    """The columns that say which rule decided, of the dimensions that rules decide."""
    return tuple(map(rule_of, rules.dimensions))


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a part is mapped by: the organization and the rules as they hold in its month."""

    organization: Organization
    rules: RuleSet = NO_RULES

    @property
    def known(self) -> dict[str, tuple[str, ...]]:
        """The values a dimension may have; none where the organization lists none: then any."""
        lists = {name: getattr(self.organization, kind) for name, kind in VALUES.items()}
        return {
            name: tuple(dict.fromkeys(str(getattr(one, "id", one)) for one in items))
            for name, items in lists.items()
        }


def write(
    engine: Engine, charges: Path, target: Path, terms: Terms, present: Collection[str]
) -> None:
    """Write the mapped file of one part.

    Raises:
        DatasetError: two different sets of inputs have one key; the part must not be committed.
    """
    with asked(engine, charges, terms, present) as rules:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.copy(engine, _question(terms, rules, present), target)


@contextmanager
def asked(engine: Engine, charges: Path, terms: Terms, present: Collection[str]) -> Iterator[Ruled]:
    """Make the table `ASKED`: what charges are mapped by, and the rules that decide; then drop it.

    Each step is a table: folded into one statement, the engine would ask everything again and
    again.

    Raises:
        DatasetError: two different sets of inputs have one key.
    """
    inputs = [name for name in MAPPING_INPUTS if name in present]
    rules = Ruled(terms.rules, (*inputs, *RESOURCE), terms.known)
    try:
        _know(engine, charges, inputs)
        texts = ", ".join(["*", *rules.texts])
        engine.run(f"CREATE TEMP TABLE {_KEYED} AS SELECT {texts} FROM {_KNOWN}")
        if rules.by_resource:
            _meet(engine, charges, rules, present)
        engine.run(f"CREATE TEMP TABLE {_TEXTS} AS {_relation(rules)}")
        numbers = ", ".join(["*", *rules.numbers(terms.rules.dimensions)])
        engine.run(f"CREATE TEMP TABLE {ASKED} AS SELECT {numbers} FROM {_TEXTS}")
        yield rules
    finally:
        for table in (_KNOWN, _KEYED, _RESOURCES, _TEXTS, ASKED):
            engine.run(f"DROP TABLE IF EXISTS {table}")


def _question(terms: Terms, rules: Ruled, present: Collection[str]) -> str:
    """What gives the rows of the mapped file."""
    inputs = [name for name in MAPPING_INPUTS if name in present]
    found = ASKED
    for name, value in _values(terms, rules, inputs):
        found = f"(SELECT *, {value} AS {quoted(name)} FROM {found})"
    own = map(quoted, terms.organization.own_dimensions)
    decided = [
        f"{rules.rule(name)} AS {quoted(column)}"
        for name, column in zip(terms.rules.dimensions, columns_of(terms.rules), strict=True)
    ]
    kept = [MAPPING_KEY, *_named(terms.rules), ruled.TAGS, *own, *decided]
    return f"SELECT {', '.join(kept)} FROM {found} {_where(terms.rules, rules)}"


def joined(charges: str, table: str, own: Iterable[str], *, on: str, resources: str = "") -> str:
    """Charges with what they are mapped to, as a query.

    Args:
        charges: a relation of charges.
        table: a relation of mapped rows.
        own: the columns that are taken from the mapped rows.
        on: the columns by which charges and mapped rows are the same, parted by commas.
        resources: those by which the resource is the same; empty where no rule looks at it.
    """
    if not resources:
        taken = "".join(f", m.{quoted(name)}" for name in own)
        return f"SELECT c.*{taken} FROM {charges} AS c JOIN {table} AS m USING ({on})"
    taken = "".join(
        f", CASE WHEN n.{MAPPING_KEY} IS NULL THEN m.{name} ELSE n.{name} END AS {name}"
        for name in map(quoted, own)
    )
    keys = [f"c.{key} = n.{key}" for key in on.split(", ")]
    keys += [f"c.{key} IS NOT DISTINCT FROM n.{key}" for key in resources.split(", ")]
    return (
        f"SELECT c.*{taken} FROM {charges} AS c "
        f"JOIN (SELECT * FROM {table} WHERE {NAMED} IS NOT TRUE) AS m USING ({on}) "
        f"LEFT JOIN (SELECT * FROM {table} WHERE {NAMED}) AS n ON {' AND '.join(keys)}"
    )


def _know(engine: Engine, charges: Path, inputs: list[str]) -> None:
    """Make the table of what charges are mapped by, each set of inputs once."""
    salted = f"hash('salt', {', '.join(inputs)})"
    firsts = ", ".join(f"any_value({name}) AS {name}" for name in inputs)
    sides = f"min({salted}) AS low_, max({salted}) AS high_"
    of = f"FROM read_parquet({text(str(charges))}) GROUP BY {MAPPING_KEY}"
    tagged = f"SELECT {MAPPING_KEY}, {firsts}, {_tags(inputs)} AS {ruled.TAGS}, {sides} {of}"
    engine.run(f"CREATE TEMP TABLE {_KNOWN} AS {tagged}")
    if engine.rows(f"SELECT 1 FROM {_KNOWN} WHERE low_ <> high_ LIMIT 1"):
        message = "Two different charges have one mapping key."
        raise DatasetError(message)


def _meet(engine: Engine, charges: Path, rules: Ruled, present: Collection[str]) -> None:
    """Make the table of the resources that a rule may look at, with the texts it looks at.

    A table, so that these are asked of plain columns: engine 2.0 stumbles over a condition on a
    text that is made of a column of nulls.
    """
    read = ", ".join(
        f"{name if name in present else 'CAST(NULL AS VARCHAR)'} AS {name}" for name in RESOURCE
    )
    within = f"SELECT {MAPPING_KEY} FROM {_KEYED} WHERE coalesce({rules.reach}, false)"
    of = f"SELECT DISTINCT {MAPPING_KEY}, {read} FROM read_parquet({text(str(charges))}) "
    of += f"WHERE {MAPPING_KEY} IN ({within})"
    texts = ", ".join(["*", *rules.resource_texts])
    engine.run(f"CREATE TEMP TABLE {_RESOURCES} AS SELECT {texts} FROM ({of})")


def _relation(rules: Ruled) -> str:
    """The sets of inputs, each once without its resources and once with each that may differ."""
    bare = [f"CAST(NULL AS VARCHAR) AS {name}" for name in RESOURCE]
    nothing = ", ".join(["*", *bare, *rules.no_resource, f"false AS {NAMED}"])
    without = f"SELECT {nothing} FROM {_KEYED}"
    if not rules.by_resource:
        return without
    with_ = f"SELECT *, true AS {NAMED} FROM {_KEYED} JOIN {_RESOURCES} USING ({MAPPING_KEY}) "
    with_ += f"WHERE coalesce({rules.may_differ}, false)"
    return f"{without} UNION ALL BY NAME {with_}"


def _named(rules: RuleSet) -> tuple[str, ...]:
    return (*RESOURCE, NAMED) if rules.by_resource else ()


def _where(rules: RuleSet, ruled_: Ruled) -> str:
    """Keep of the resources those that a rule about resources decided."""
    if not rules.by_resource or ruled_.ask_absence:
        return ""
    numbers = ", ".join(map(str, ruled_.by_resource))
    decided = " OR ".join(
        f"coalesce({ruled.number(name)} IN ({numbers}), false)" for name in rules.dimensions
    )
    return f"WHERE NOT {NAMED} OR {decided}"


def _tags(inputs: list[str]) -> str:
    if "Tags" not in inputs:
        return "CAST(NULL AS MAP(VARCHAR, VARCHAR))"
    entries = "map_entries(any_value(Tags))"
    folded = f"regexp_replace(lower({_TRIMMED.format(text='e.key')}), '[ _]', '-', 'g')"
    pairs = f"list_transform({entries}, lambda e: {{'k': {folded}, 'v': e.value}})"
    # Of keys that are one when normalized, the first that says something speaks for all.
    told = f"list_filter({pairs}, lambda e: {_TRIMMED.format(text='e.v')} <> '')"
    names = f"list_distinct(list_transform({told}, lambda e: e.k))"
    values = f"list_transform({names}, lambda n: list_filter({told}, lambda e: e.k = n)[1].v)"
    return f"MAP({names}, {values})"


def _values(terms: Terms, rules: Ruled, inputs: list[str]) -> Iterable[tuple[str, str]]:
    """The expression of each dimension: the rule, the tag, the sub account, the origin."""
    before: set[str] = set()
    for dimension in terms.organization.dimensions:
        known = terms.known.get(dimension.name, ())
        options = [rules.value(dimension.name)] if dimension.name in terms.rules.dimensions else []
        options += [_from_tag(dimension, key, known) for key in dimension.tags]
        if dimension.sub_accounts and "SubAccountId" in inputs:
            options.append(ruled.looked_up("SubAccountId", dimension.sub_accounts))
        if dimension.origin:
            start = dimension.origin.dimension
            start = quoted(start) if start in before else _column(dimension, inputs)
            options.append(ruled.looked_up(start, dimension.origin.values))
        before.add(dimension.name)
        yield dimension.name, f"coalesce({', '.join([*options, text(columns.UNALLOCATED)])})"


def _column(dimension: Dimension, inputs: list[str]) -> str:
    """The column that a dimension is told from; null where the file has none of that name."""
    name = dimension.origin.dimension if dimension.origin else ""
    if name not in MAPPING_INPUTS:
        message = f"dimensions.{dimension.name}.from.dimension: {name!r} is nothing to tell from."
        columns_told = ", ".join(name for name in MAPPING_INPUTS if name != "Tags")
        raise InputError(message, remedy=f"Take an own dimension, or one of {columns_told}.")
    return name if name in inputs else "NULL"


def _from_tag(dimension: Dimension, key: str, known: tuple[str, ...]) -> str:
    value = _TRIMMED.format(text=f"{ruled.TAGS}[{text(normalized(key))}]")
    meant = {name.lower(): name for name in known}
    meant |= {alias.strip().lower(): name for alias, name in dimension.values.items()}
    if known:
        return ruled.looked_up(f"lower({value})", meant)
    return f"coalesce({ruled.looked_up(f'lower({value})', meant)}, {value})"

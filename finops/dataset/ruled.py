"""Ruled: mapping rules in the expression language; for each dimension the first that matches.

Each text that rules look at is made once, as a column of its own; then each dimension gets the
number of the rule that decides it, from 1 in the order of the rules, or null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.condition import BLANKS
from finops.core.condition import folded
from finops.core.condition import RESOURCE
from finops.core.condition import Test
from finops.core.mapping import Told
from finops.dataset.engine_duckdb import EngineError
from finops.errors import InputError
from finops.focus.normalize import quoted
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.core.condition import Predicate
    from finops.core.condition import Source
    from finops.core.mapping import MappingRule
    from finops.core.mapping import RuleSet
    from finops.dataset.engine_duckdb import Engine

TAGS = "x_Tags"
"""The tags under normalized keys; `Tags` keeps them as delivered."""

TRIMMED = "trim({text}, ' ' || chr(9) || chr(10) || chr(13))"
assert BLANKS == " \t\n\r", "the engine trims what the core trims"  # noqa: S101 -- one truth

_FEW = 24
"""More values than these are looked up by their place in a list: shorter, and as quick."""


class Ruled:
    """A rule set over relations with these input columns; `known` lists a dimension's values."""

    def __init__(
        self, rules: RuleSet, inputs: Collection[str], known: Mapping[str, Sequence[str]]
    ) -> None:
        self._rules, self._known = rules, known
        self._inputs = frozenset(inputs)
        sources = dict.fromkeys(source for rule in rules.rules for source in rule.sources)
        self._names = {source: quoted(f"${place}") for place, source in enumerate(sources)}

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns that rules look at and that charges alike in their inputs share."""
        return tuple(f"{self._text(s)} AS {name}" for s, name in self._split(RESOURCE)[0])

    @property
    def resource_texts(self) -> tuple[str, ...]:
        """Those that are read off the resource."""
        return tuple(f"{self._text(s)} AS {name}" for s, name in self._split(RESOURCE)[1])

    @property
    def no_resource(self) -> tuple[str, ...]:
        """The same without a resource."""
        return tuple(f"CAST(NULL AS VARCHAR) AS {name}" for _, name in self._split(RESOURCE)[1])

    def numbers(self, dimensions: Iterable[str]) -> tuple[str, ...]:
        """For each dimension a column with the number of the rule that decides it."""
        return tuple(f"{self._first(name)} AS {number(name)}" for name in dimensions)

    def value(self, dimension: str) -> str:
        """What the rule that decides a dimension says it is; null where none does."""
        literals, told = [], []
        for place, rule in enumerate(self._rules.rules, start=1):
            value = dict(rule.then).get(dimension)
            literals.append(text(value) if isinstance(value, str) else "NULL")
            if isinstance(value, Told):
                told.append(f"WHEN {place} THEN {self._told(value, dimension)}")
        if not any(literal != "NULL" for literal in literals):
            return f"CASE {number(dimension)} {' '.join(told)} END" if told else "NULL"
        plain = f"CAST([{', '.join(literals)}] AS VARCHAR[])[{number(dimension)}]"
        return f"CASE {number(dimension)} {' '.join(told)} ELSE {plain} END" if told else plain

    def rule(self, dimension: str) -> str:
        """The id of the rule that decides a dimension."""
        ids = ", ".join(text(rule.id) for rule in self._rules.rules)
        return f"[{ids}][{number(dimension)}]"

    def every(self, dimension: str) -> str:
        """The numbers of all rules that would decide a dimension, the deciding one first."""
        found = ", ".join(
            f"CASE WHEN {self._matches(rule, dimension)} THEN {place} END"
            for place, rule in self._deciding(dimension)
        )
        return f"list_filter([{found}], lambda n: n IS NOT NULL)"

    @property
    def reach(self) -> str:
        """The inputs of charges that a rule about resources may decide, whatever their resource."""
        return _any(_all(self._asked(rule, of_resource=False)) for rule in self._about_resources)

    @property
    def may_differ(self) -> str:
        """A charge that its resource may map otherwise than charges like it.

        A rule that asks for no resource makes all of them differ from one without.
        """
        options: list[str] = []
        for rule in self._about_resources:
            asked = self._asked(rule, of_resource=False)
            if any(self._absent(predicate) for predicate in rule.when):
                options.append(_all(asked))
                continue
            asked += self._asked(rule, of_resource=True)
            for _, value in rule.then:
                needed = [f"{self._names[source]} IS NOT NULL" for source in _of_resource(value)]
                if needed or any(p.source.column in RESOURCE for p in rule.when):
                    options.append(_all([*asked, *needed]))
        return _any(options)

    @property
    def ask_absence(self) -> bool:
        """Whether a rule asks that something is not there."""
        return any(self._absent(one) for rule in self._about_resources for one in rule.when)

    @property
    def by_resource(self) -> tuple[int, ...]:
        """The numbers of the rules that look at the resource."""
        numbered = enumerate(self._rules.rules, start=1)
        return tuple(place for place, rule in numbered if rule.by_resource)

    @property
    def _about_resources(self) -> list[MappingRule]:
        return [rule for rule in self._rules.rules if rule.by_resource]

    def _split(
        self, columns: Collection[str]
    ) -> tuple[list[tuple[Source, str]], list[tuple[Source, str]]]:
        """The texts that are read off other columns than these, and off these."""
        sides: tuple[list[tuple[Source, str]], list[tuple[Source, str]]] = ([], [])
        for source, name in self._names.items():
            sides[source.column in columns].append((source, name))
        return sides

    def _asked(self, rule: MappingRule, *, of_resource: bool) -> list[str]:
        """What a rule asks of the resource, or of all the rest; the cheap first."""
        asked = [p for p in rule.when if (p.source.column in RESOURCE) is of_resource]
        return [self._holds(p) for p in sorted(asked, key=lambda p: p.test is Test.REGEX)]

    def _first(self, dimension: str) -> str:
        cases = " ".join(
            f"WHEN {self._matches(rule, dimension)} THEN {place}"
            for place, rule in self._deciding(dimension)
        )
        return f"CASE {cases} END" if cases else "CAST(NULL AS INTEGER)"

    def _deciding(self, dimension: str) -> list[tuple[int, MappingRule]]:
        numbered = enumerate(self._rules.rules, start=1)
        return [(place, rule) for place, rule in numbered if dimension in rule.dimensions]

    def _matches(self, rule: MappingRule, dimension: str) -> str:
        value = dict(rule.then)[dimension]
        # What is cheap to ask is asked first; the engine then asks the rest of few rows.
        asked = sorted(rule.when, key=lambda predicate: predicate.test is Test.REGEX)
        needed = [self._holds(predicate) for predicate in asked]
        if isinstance(value, Told):
            needed.append(f"{self._told(value, dimension)} IS NOT NULL")
        return _all(needed)

    def _holds(self, predicate: Predicate) -> str:
        name = self._names[predicate.source]
        if predicate.test is Test.EXISTS:
            return f"{name} IS {'NULL' if self._absent(predicate) else 'NOT NULL'}"
        if predicate.test is Test.REGEX:
            return f"regexp_matches({name}, {text(predicate.values[0])})"
        values = list(dict.fromkeys(text(folded(value)) for value in predicate.values))
        if predicate.test is Test.PREFIX:
            return f"starts_with({name}, {values[0]})"
        return f"{name} = {values[0]}" if len(values) == 1 else f"{name} IN ({', '.join(values)})"

    def _absent(self, predicate: Predicate) -> bool:
        return predicate.test is Test.EXISTS and predicate.values[0] != "yes"

    def _text(self, source: Source) -> str:
        if source.keys:
            told = [_said(f"{TAGS}[{text(key)}]") for key in source.keys]
            found = f"coalesce({', '.join(told)})" if len(told) > 1 else told[0]
        else:
            known = source.column in self._inputs
            found = _said(source.column) if known else "CAST(NULL AS VARCHAR)"
        if source.by:
            parted = f"split_part({found}, {text(source.by.lower())}, {source.part})"
            found = _said(parted)
        return looked_up(found, dict(source.aliases), found) if source.aliases else found

    def _told(self, told: Told, dimension: str) -> str:
        name = self._names[told.source]
        if told.lookup or told.values:
            return looked_up(name, dict(self._rules.table(told)))
        known = self._known.get(dimension)
        return looked_up(name, {one.lower(): one for one in known}) if known else name


def hold_patterns(engine: Engine, rules: RuleSet) -> None:
    """Refuse a pattern that the engine reads otherwise than the core does, or not at all.

    Raises:
        InputError: it names the rule.
    """
    for rule in rules.rules:
        for predicate in rule.when:
            if predicate.test is Test.REGEX:
                try:
                    engine.rows("SELECT regexp_matches('', ?)", [predicate.values[0]])
                except EngineError as error:
                    message = f"Rule {rule.id}: {predicate.values[0]!r} is no pattern."
                    raise InputError(message) from error


def number(dimension: str) -> str:
    """The column with the number of the rule that decides a dimension."""
    return quoted(f"#{dimension}")


def looked_up(value: str, table: Mapping[str, str], otherwise: str = "NULL") -> str:
    """What a table says of a value."""
    if not table:
        return otherwise if otherwise != "NULL" else "CAST(NULL AS VARCHAR)"
    if len(table) <= _FEW:
        cases = " ".join(f"WHEN {text(k)} THEN {text(v)}" for k, v in table.items())
        return f"CASE {value} {cases} ELSE {otherwise} END"
    keys, values = (", ".join(map(text, each)) for each in (table.keys(), table.values()))
    found = f"[{values}][list_position([{keys}], {value})]"
    return found if otherwise == "NULL" else f"coalesce({found}, {otherwise})"


def _said(value: str) -> str:
    """A text as texts are compared; null where it says nothing."""
    return f"nullif(lower({TRIMMED.format(text=value)}), '')"


def _of_resource(value: str | Told) -> list[Source]:
    """What a value reads off the resource."""
    return [value.source] if isinstance(value, Told) and value.source.column in RESOURCE else []


def _any(conditions: Iterable[str]) -> str:
    return " OR ".join(f"({one})" for one in dict.fromkeys(conditions)) or "false"


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions) or "true"

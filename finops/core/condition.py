"""Condition: what a mapping rule looks at on a charge, and what must stand there.

A text is compared without regard to case and to blanks at its ends; a pattern is taken as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from finops.core.document import Node

TAG = "tag:"
"""What the name of a tag begins with; several spellings are parted by `|`."""

TAGS = "Tags"
BLANKS = " \t\n\r"
"""What is cut from both ends of tag keys and values."""

COLUMNS = {
    "issuer": "InvoiceIssuerName",
    "account": "BillingAccountId",
    "sub_account": "SubAccountId",
    "sub_account_name": "SubAccountName",
    "service": "ServiceName",
    "region": "RegionId",
    "charge_category": "ChargeCategory",
    "resource": "ResourceId",
    "resource_name": "ResourceName",
}
"""What a rule may look at besides tags, as rules call it, and the column that is."""

RESOURCE = ("ResourceId", "ResourceName")
"""The columns that may differ on every charge; the others are few and often repeated."""

LONGEST = 500
_BACK = re.compile(r"\(\?<?[=!]|\(\?P=|\\[1-9]")


class Test(StrEnum):
    """What is asked of a text."""

    EQUALS = "equals"
    IN = "in"
    PREFIX = "prefix"
    REGEX = "regex"
    EXISTS = "exists"

    __test__ = False


def normalized(key: str) -> str:
    """A tag key as keys are compared: `Cost_Center ` and `cost-center` are one key."""
    return key.strip(BLANKS).lower().replace(" ", "-").replace("_", "-")


def folded(value: str) -> str:
    """A text as texts are compared."""
    return value.strip(BLANKS).lower()


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a text comes from: a column, or the first of some tags that says something.

    With `by`, the text is the `part`th (from 1; from the end if negative) of what `by` parts it
    into. `aliases` are values that mean another one, already folded: prd means prod.
    """

    column: str
    keys: tuple[str, ...] = ()
    by: str = ""
    part: int = 0
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """As rules call it."""
        if self.keys:
            return TAG + "|".join(self.keys)
        return next(name for name, column in COLUMNS.items() if column == self.column)

    def text(self, charge: Mapping[str, str | None], tags: Mapping[str, str]) -> str | None:
        """The text of one charge, folded; None where there is none.

        `tags` have normalized keys.
        """
        told = [tags.get(key) for key in self.keys] if self.keys else [charge.get(self.column)]
        found = next((value for value in map(folded, filter(None, told)) if value), None)
        if found is not None and self.by:
            parts = found.split(self.by.lower())
            place = self.part - 1 if self.part > 0 else len(parts) + self.part
            found = parts[place].strip(BLANKS) if 0 <= place < len(parts) else ""
        return dict(self.aliases).get(found, found) if found else None


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """One thing that must be so of a charge. `values` are as written; one for all tests but IN.

    Of EXISTS the value is `yes` or `no`.
    """

    source: Source
    test: Test
    values: tuple[str, ...]

    def holds(self, charge: Mapping[str, str | None], tags: Mapping[str, str]) -> bool:
        """Whether it is so; the same that the engine finds."""
        found = self.source.text(charge, tags)
        if self.test is Test.EXISTS:
            return (found is not None) == (self.values[0] == "yes")
        if found is None:
            return False
        if self.test is Test.REGEX:
            return re.search(self.values[0], found) is not None
        if self.test is Test.PREFIX:
            return found.startswith(folded(self.values[0]))
        return found in map(folded, self.values)


def all_hold(
    predicates: Iterable[Predicate], charge: Mapping[str, str | None], tags: Mapping[str, str]
) -> bool:
    """Whether a charge is what all of these ask for."""
    return all(predicate.holds(charge, tags) for predicate in predicates)


def read_predicates(node: Node) -> tuple[Predicate, ...]:
    """Read what must be so: `{sub_account: "4711", tag:owner: {prefix: web}}`.

    Raises:
        InputError: with the path of what cannot be read.
    """
    return tuple(one for name, part in node.entries().items() for one in _predicates(name, part))


def write_predicates(predicates: Iterable[Predicate]) -> dict[str, object]:
    """The predicates as people write them; `read_predicates` reads them back."""
    told: dict[str, list[dict[str, object]]] = {}
    for predicate in predicates:
        lines = told.setdefault(predicate.source.name, [])
        lines.append(_source_body(predicate.source) | _test_body(predicate))
    return {name: _short(lines) for name, lines in told.items()}


def read_source(name: str, node: Node) -> Source:
    """A source by its name, and the `part`, `by` and `aliases` that stand with it."""
    entries = node.entries() if isinstance(node.value, dict) else {}
    part, by = entries.get("part"), entries.get("by")
    if (part is None) != (by is None):
        node.refuse("part and by go together: the 2nd part of what - parts.")
    number = part.number() if part else 0
    if part and not number:
        part.refuse("parts are counted from 1, or from -1 at the end.")
    aliases = entries["aliases"].text_map() if "aliases" in entries else {}
    column, keys = _named(name, node)
    return Source(
        column=column,
        keys=keys,
        part=number,
        by=by.text() if by else "",
        aliases=tuple((folded(k), folded(v)) for k, v in aliases.items()),
    )


def _named(name: str, node: Node) -> tuple[str, tuple[str, ...]]:
    if name.startswith(TAG):
        keys = tuple(dict.fromkeys(normalized(key) for key in name.removeprefix(TAG).split("|")))
        if not all(keys):
            node.refuse("a tag key is empty.")
        return TAGS, keys
    if name not in COLUMNS:
        node.refuse(f"nothing of this name is known here, only {', '.join(COLUMNS)}, tag:KEY.")
    return COLUMNS[name], ()


def _predicates(name: str, node: Node) -> list[Predicate]:
    if isinstance(node.value, (list, tuple)):
        if node.value and all(isinstance(item, dict) for item in node.value):
            return [one for item in node.items() for one in _predicates(name, item)]
        return [_checked(read_source(name, node), Test.IN, node)]
    if not isinstance(node.value, dict):
        return [_checked(read_source(name, node), Test.EQUALS, node)]
    entries = node.named(*Test, "part", "by", "aliases")
    source = read_source(name, node)
    told = [_checked(source, test, entries[test]) for test in Test if test in node.value]
    return told or node.refuse(f"one of {', '.join(Test)} must stand here.")


def _checked(source: Source, test: Test, node: Node) -> Predicate:
    if test is Test.EXISTS:
        if not isinstance(node.value, bool):
            node.refuse("true or false must stand here.")
        return Predicate(source=source, test=test, values=("yes" if node.value else "no",))
    values = node.texts() if test is Test.IN else (node.text(),)
    if not values:
        node.refuse("at least one text must stand here.")
    if test is Test.REGEX:
        _hold_pattern(values[0], node)
    return Predicate(source=source, test=test, values=values)


def _hold_pattern(pattern: str, node: Node) -> None:
    if len(pattern) > LONGEST:
        node.refuse(f"a pattern has at most {LONGEST} characters.")
    if _BACK.search(pattern):
        node.refuse("a pattern may neither look around nor refer back.")
    try:
        re.compile(pattern)
    except re.error as error:
        node.refuse(f"{pattern!r} is no pattern: {error}.")


def _source_body(source: Source) -> dict[str, object]:
    body: dict[str, object] = {"part": source.part, "by": source.by} if source.by else {}
    return body | ({"aliases": dict(source.aliases)} if source.aliases else {})


def _test_body(predicate: Predicate) -> dict[str, object]:
    if predicate.test is Test.EXISTS:
        return {"exists": predicate.values[0] == "yes"}
    values = list(predicate.values)
    return {str(predicate.test): values if predicate.test is Test.IN else values[0]}


def _short(lines: list[dict[str, object]]) -> object:
    """One test alone is written in its shortest form."""
    if len(lines) > 1:
        return lines
    (line,) = lines
    if set(line) <= {"equals"}:
        return line["equals"]
    return line["in"] if set(line) <= {"in"} else line

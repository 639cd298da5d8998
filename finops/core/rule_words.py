"""Rule words: a mapping rule as one sentence, for whoever does not read YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.condition import Test

if TYPE_CHECKING:
    from finops.core.condition import Predicate
    from finops.core.condition import Source
    from finops.core.mapping import MappingRule
    from finops.core.mapping import Told

_ASKS = {
    Test.EQUALS: "is",
    Test.IN: "is one of",
    Test.PREFIX: "begins with",
    Test.REGEX: "matches",
}


def when(rule: MappingRule) -> str:
    """What must be so of a charge."""
    return " and ".join(map(_asked, rule.when)) or "any charge"


def then(rule: MappingRule) -> str:
    """What is then so of it."""
    return ", ".join(
        f"{name.removeprefix('x_')} {value if isinstance(value, str) else _told(value)}"
        for name, value in rule.then
    )


def validity(rule: MappingRule) -> str:
    """From which to which billing month it holds."""
    if not (rule.valid_from or rule.valid_to):
        return "always"
    start = f"from {rule.valid_from}" if rule.valid_from else ""
    return f"{start} to {rule.valid_to}".strip() if rule.valid_to else start


def _asked(predicate: Predicate) -> str:
    source = _source(predicate.source)
    if predicate.test is Test.EXISTS:
        return f"{source} {'is there' if predicate.values[0] == 'yes' else 'is not there'}"
    return f"{source} {_ASKS[predicate.test]} {', '.join(predicate.values)}"


def _source(source: Source) -> str:
    name = source.name.replace("_", " ").replace("tag:", "tag ").replace("|", " or ")
    return f"part {source.part} by {source.by!r} of {name}" if source.by else name


def _told(value: Told) -> str:
    source = _source(value.source)
    if value.lookup:
        return f"as the table {value.lookup} says of {source}"
    return f"as {source} says"

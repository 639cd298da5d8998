"""Rule files: mapping rules as YAML, which goes out, is looked over and changed, and comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from finops.core.mapping import RuleSet
from finops.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> RuleSet:
    """Read a rule set from a YAML file; a lookup may be a csv `file` that lies beside it.

    Raises:
        InputError: it is no YAML, or something in it cannot be; the path of that is named.
    """
    body = parse(_text(path), name=path.name)
    lookups = body.get("lookups")
    for table in lookups.values() if isinstance(lookups, dict) else ():
        if isinstance(table, dict) and isinstance(table.get("file"), str):
            table["csv"] = _text(path.parent / str(table.pop("file")))
    return RuleSet.from_mapping(body)


def parse(text: str, *, name: str = "The text") -> dict[str, object]:
    """YAML as a mapping.

    Raises:
        InputError: it is none; the line and the column are named.
    """
    try:
        body = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        said = getattr(error, "problem", None) or "it is no YAML"
        message = f"{name}{place}: {said}."
        raise InputError(message) from error
    if not isinstance(body, dict):
        message = f"{name} holds no rules."
        raise InputError(message, remedy="Begin it with `rules:` and a list of rules.")
    return body


def write(rules: RuleSet) -> str:
    """A rule set as YAML; `read` reads it back the same."""
    text: str = yaml.dump(
        rules.to_mapping(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they stand."""


def _block(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _block)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.name} cannot be read: {error}."
        raise InputError(message) from error

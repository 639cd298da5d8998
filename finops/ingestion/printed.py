"""Printed: what of a provider's printed answer is kept of one resource, in one set of words."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

Entry = Mapping[str, Any]


class Item(NamedTuple):
    """What was said of one resource: its kind, its id as printed, and facts by their names.

    `name` keeps several of one kind apart, such as a resource's metrics or what is advised of it.
    """

    kind: str
    resource: str
    facts: tuple[tuple[str, str], ...]
    name: str = ""


class Shape(NamedTuple):
    """One kind of printed answer: its key or type, the command that prints it, how it reads."""

    key: str
    command: str
    read: Callable[[Entry], Item | None]


def item(kind: str, resource: object, facts: Mapping[str, object], *, name: str = "") -> Item:
    """What is kept of a resource; what was not said is left out.

    Raises:
        ValueError: the resource has no id.
    """
    if not isinstance(resource, str) or not resource.strip():
        message = f"a {kind} without an id"
        raise ValueError(message)
    known = ((key, _text(value)) for key, value in sorted(facts.items()) if value is not None)
    return Item(kind, resource.strip(), tuple(known), name)


def within(entry: object, *path: str | int) -> Any:  # noqa: ANN401 -- whatever was printed
    """What stands below some keys and places; None where nothing does."""
    for step in path:
        if isinstance(entry, Mapping) and isinstance(step, str):
            entry = entry.get(step)
        elif isinstance(entry, list) and isinstance(step, int) and len(entry) > step:
            entry = entry[step]
        else:
            return None
    return entry


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()

"""Validity: what holds in a billing month, so that a reorganization leaves old months as they were.

Whatever is effective-dated has `valid_from` and `valid_to`, the first and the last billing month
in which it holds, YYYY-MM; one that is None has no bound on that side.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import DataclassInstance

    from finops.core.document import Node

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_ALWAYS, _NEVER_ENDS = "0000-00", "9999-99"


class Dated(Protocol):
    """Something that holds from one billing month to another."""

    @property
    def valid_from(self) -> str | None:
        """The first month, or None."""

    @property
    def valid_to(self) -> str | None:
        """The last month, or None."""


if TYPE_CHECKING:

    class _Item(Dated, DataclassInstance, Protocol):
        """A dated dataclass."""

    Item = TypeVar("Item", bound=_Item)


def span(item: Dated) -> tuple[str, str]:
    """The first and the last month, comparable as text."""
    return item.valid_from or _ALWAYS, item.valid_to or _NEVER_ENDS


def holds(item: Dated, month: str) -> bool:
    """Whether something holds in a billing month YYYY-MM."""
    first, last = span(item)
    return first <= month <= last


def meet(one: Dated, other: Dated) -> bool:
    """Whether there is a month in which both hold."""
    return max(span(one)[0], span(other)[0]) <= min(span(one)[1], span(other)[1])


def held(items: Iterable[Item], month: str) -> tuple[Item, ...]:
    """What holds in a month, without its dates: the same text, whenever it began."""
    chosen = (item for item in items if holds(item, month))
    return tuple(replace(item, valid_from=None, valid_to=None) for item in chosen)


def starts(items: Iterable[Dated]) -> frozenset[str]:
    """A month of each stretch in which the same things hold: the first ones, and before all."""
    return frozenset({_ALWAYS, *(item.valid_from for item in items if item.valid_from)})


def check(item: Dated, node: Node) -> None:
    """Refuse dates that are no months, or that end before they begin.

    Raises:
        InputError: with the path of the date.
    """
    for name in ("valid_from", "valid_to"):
        month = getattr(item, name)
        if month is not None and not _MONTH.fullmatch(month):
            place = replace(node, path=f"{node.path}.{name}".lstrip("."))
            place.refuse(f"{month!r} is no billing month such as 2026-07.")
    first, last = span(item)
    if first > last:
        node.refuse(f"valid_to {last} is before valid_from {first}.")

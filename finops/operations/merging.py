"""Merging: two people edited the same; what each changed is kept, side by side where both did."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from finops.operations.entries import Entry

Kind = TypeVar("Kind", bound="Entry")


class Merged(NamedTuple):
    """What may be written next, and the fields that both changed, for a person to look at."""

    fields: dict[str, object]
    version: int
    clashes: tuple[str, ...]


def merge(base: Kind | None, theirs: Kind, yours: Kind) -> Merged:
    """Lay two edits of one version together (a three-way merge, field by field).

    What only one changed holds. A text that both changed keeps both texts, lists keep what is in
    either; of an amount or a day that both changed yours stands, and is named among the clashes.
    """
    old = base.words() if base else {}
    other, mine = theirs.words(), yours.words()
    fields = {name: _field(old.get(name), other.get(name), mine[name]) for name in mine}
    clashes = tuple(
        name for name in mine if _clash(old.get(name), other.get(name), mine[name]) is not None
    )
    return Merged(fields, theirs.version, clashes)


def merged(base: Kind | None, theirs: Kind, yours: Kind) -> Kind:
    """The entry to be written: an edit of the newest version with the words of both."""
    found = merge(base, theirs, yours)
    around = {"key": theirs.key, "meeting": theirs.meeting, "version": found.version}
    return type(yours).model_validate({**found.fields, **around})


def _clash(old: object, theirs: object, yours: object) -> object:
    return None if yours in (old, theirs) or theirs == old else yours


def _field(old: object, theirs: object, yours: object) -> object:
    if yours in (old, theirs):
        return theirs
    if theirs == old:
        return yours
    if isinstance(theirs, list) and isinstance(yours, list):
        return [*theirs, *(one for one in yours if one not in theirs)]
    if isinstance(theirs, str) and isinstance(yours, str) and _is_prose(theirs, yours):
        return theirs if yours in theirs else f"{theirs}\n{yours}".strip()
    return yours


def _is_prose(*texts: str) -> bool:
    """Whether texts are words, and not an amount, a day or a choice."""
    return any(" " in text.strip() for text in texts)

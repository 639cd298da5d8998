"""Lookup: a table that mapping rules look values up in, such as accounts and their teams."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.condition import folded

if TYPE_CHECKING:
    from finops.core.document import Node


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """A table that came as csv: the first column is what is looked up."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def values(self, column: str) -> tuple[tuple[str, str], ...]:
        """What one column says of each key, folded; the first line of a key holds."""
        place = self.columns.index(column)
        found: dict[str, str] = {}
        for row in self.rows:
            if row[place]:
                found.setdefault(folded(row[0]), row[place])
        return tuple(found.items())


def read_lookup(name: str, node: Node) -> Lookup:
    """Read `{csv: TEXT}`.

    Raises:
        InputError: a line has another number of values than the first.
    """
    text = node.named("csv")["csv"]
    lines = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text.text())) if row]
    width = len(lines[0])
    if width < 2 or len(set(lines[0])) != width:  # noqa: PLR2004 -- a key and what it says
        text.refuse("the first line names a key and at least one further column, each once.")
    for number, row in enumerate(lines, start=1):
        if len(row) != width:
            text.refuse(f"line {number} has {len(row)} values and not {width}.")
    return Lookup(name=name, columns=tuple(lines[0]), rows=tuple(map(tuple, lines[1:])))


def write_lookup(lookup: Lookup) -> str:
    """The table as csv."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerows((lookup.columns, *lookup.rows))
    return target.getvalue()

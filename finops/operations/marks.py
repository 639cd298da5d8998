"""Marks: the few marks of Markdown that minutes are written in, and how they are read back.

Headings, paragraphs, items, tables and bold; every other sign of a person's text is escaped. Who
writes minutes uses `plain` and `grid`, who shows them `blocks`, so that a page and a PDF agree on
what a line means.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

_MARKS = re.compile(r"^[-+=]|[\\`*_{}\[\]<>#!|~$:@]|(?<=www)\.")
_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029\0]+\s*")
_HEADING = re.compile(r"(#{1,3}) (.*)")
_CELL = re.compile(r"\|((?:\\.|[^|\\])*)(?=\|)")
_RULE = re.compile(r"\|(?: -+:? \|)+")
_SPAN = re.compile(r"\\(.)|\*\*")


class Part(NamedTuple):
    """Some text of a line, as it is to be shown, and whether it is bold."""

    text: str
    bold: bool


class Heading(NamedTuple):
    """A heading of a level from 1 to 3."""

    level: int
    parts: tuple[Part, ...]


class Line(NamedTuple):
    """A paragraph, or one item of a list."""

    item: bool
    parts: tuple[Part, ...]


class Grid(NamedTuple):
    """A table: the names of its columns, which of them hold numbers, and its rows."""

    names: tuple[tuple[Part, ...], ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[tuple[Part, ...], ...], ...]


def plain(text: str) -> str:
    """A person's text as Markdown shows it and never does it, on one line."""
    return _MARKS.sub(r"\\\g<0>", _BREAKS.sub(" ", text.strip()))


def grid(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[str] = ()
) -> list[str]:
    """The lines of a table of cells that are Markdown; a column that says nothing is left out.

    What is in the columns `numbers` stands at the right. Without rows there are no lines.
    """
    told = list(rows)
    kept = [place for place in range(len(columns)) if any(row[place] for row in told)]
    if not kept:
        return []
    rule = ["---:" if columns[place] in numbers else "---" for place in kept]
    cells = [[columns[place] for place in kept], rule]
    cells += [[row[place] for place in kept] for row in told]
    return [f"| {' | '.join(row)} |" for row in cells]


def blocks(markdown: str) -> Iterator[Heading | Line | Grid]:
    """What the lines of minutes are, in their order."""
    table: list[str] = []
    for line in (*markdown.splitlines(), ""):
        if line.startswith("| "):
            table.append(line)
            continue
        if table:
            yield _table(table)
            table = []
        if found := _HEADING.fullmatch(line):
            yield Heading(len(found[1]), _parts(found[2]))
        elif line:
            yield Line(line.startswith("- "), _parts(line.removeprefix("- ")))


def _table(lines: Sequence[str]) -> Grid:
    names, *rows = ([cell.strip() for cell in _CELL.findall(line)] for line in lines)
    ruled = len(lines) > 1 and _RULE.fullmatch(lines[1])
    numbers = tuple(cell.endswith(":") for cell in rows[0]) if ruled else (False,) * len(names)
    told = rows[1:] if ruled else rows
    return Grid(
        tuple(_parts(cell) for cell in names),
        numbers,
        tuple(tuple(_parts(cell) for cell in row) for row in told),
    )


def _parts(text: str) -> tuple[Part, ...]:
    """Text and bold text in turn; an escaped sign is itself."""
    parts, here, place, bold = [], "", 0, False
    for found in _SPAN.finditer(text):
        here += text[place : found.start()] + (found[1] or "")
        place = found.end()
        if not found[1]:
            parts.append(Part(here, bold))
            here, bold = "", not bold
    parts.append(Part(here + text[place:], bold))
    return tuple(part for part in parts if part.text)

"""Minutes as PDF: to print, sign and file; every person's text is data and never markup."""

from __future__ import annotations

import json
import re
from typing import Any
from typing import TYPE_CHECKING

from finops.errors import UsageError
from finops.operations.marks import blocks
from finops.operations.marks import Grid
from finops.operations.marks import Heading
from finops.operations.marks import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.operations.marks import Part

_TEMPLATE = """
#let told = json(bytes(sys.inputs.told))
#let words(parts) = for part in parts { if part.bold { strong(part.text) } else { part.text } }
#let faint = 0.4pt + luma(200)
#let drawn(block) = table(
  columns: block.widths.map(width => if width == 0 { auto } else { width * 1fr }),
  align: (column, _) => if block.numbers.at(column) { right } else { left },
  stroke: (_, row) => (bottom: if row == 0 { 0.8pt } else { faint }),
  inset: (x: 4pt, y: 5pt),
  table.header(..block.names.map(name => strong(words(name)))),
  ..block.rows.map(row => row.map(words)).flatten(),
)
#set document(title: told.title)
#set text(lang: "en", size: 10pt)
#set page(margin: 2cm, footer: context [
  #set text(7pt)
  #told.foot #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set par(justify: false)
#show heading: set block(above: 1.4em, below: 0.8em)
#show list: set block(spacing: 0.7em)
#show table: set text(size: 8.5pt)
#show table: set par(leading: 0.5em)
#for block in told.blocks {
  if block.kind == "heading" { heading(level: block.level, words(block.parts)) }
  else if block.kind == "table" { drawn(block) }
  else if block.kind == "item" { list(words(block.parts)) }
  else { par(words(block.parts)) }
}
"""
_LINE, _CELL = 30, 12
"""How many signs of a word stay together: on a line of the page, and in a cell."""
_NARROW, _WIDE = 14, 60
"""How many signs a column takes that is as wide as its words; and from how many on none wider."""
_WORD = re.compile(r"\S+")
_HASH = re.compile(r"[0-9a-f]{64}")
"""It fits on a line, and is to be copied as it is."""
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of all that follows it on a line, of other people's words too."""


def pdf(title: str, markdown: str, foot: str) -> bytes:
    """The lines of minutes as a tagged PDF; `foot` stands on every page.

    It is PDF/UA-1 unless a text has a character that no font of this machine can show.

    Raises:
        UsageError: what writes PDF is not installed.
    """
    try:
        import typst  # noqa: PLC0415 -- large, and of the extra `pdf`
    except ImportError as error:
        message = "What writes PDF is not installed."
        raise UsageError(message, remedy="Install it with `pip install tieout[pdf]`.") from error
    told = json.dumps({"title": title, "foot": foot, "blocks": list(map(_block, blocks(markdown)))})
    try:
        return _compiled(told, ["ua-1"])
    except typst.TypstError:
        return _compiled(told, [])


def _compiled(told: str, standards: list[Any]) -> bytes:
    import typst  # noqa: PLC0415 -- as above

    made: Any = typst.compile(
        _TEMPLATE.encode(), format="pdf", sys_inputs={"told": told}, pdf_standards=standards
    )
    return bytes(made)


def _block(block: Heading | Line | Grid) -> dict[str, object]:
    match block:
        case Heading(level, parts):
            return {"kind": "heading", "level": level, "parts": _told(parts, _LINE)}
        case Line(item, parts):
            return {"kind": "item" if item else "line", "parts": _told(parts, _LINE)}
        case Grid(names, numbers, rows):
            return {
                "kind": "table",
                "numbers": numbers,
                "widths": [
                    0 if number else _width(column)
                    for number, *column in zip(numbers, names, *rows, strict=True)
                ],
                "names": [_told(name, _CELL) for name in names],
                "rows": [[_told(cell, _CELL) for cell in row] for row in rows],
            }


def _width(column: Iterable[Iterable[Part]]) -> int:
    """The share of the page that a column of words takes; 0 where it is as wide as they are."""
    most = max(sum(len(part.text) for part in cell) for cell in column)
    return 0 if most <= _NARROW else min(most, _WIDE)


def _told(parts: Iterable[Part], together: int) -> list[dict[str, object]]:
    """Text and bold text in turn, with places at which a word too long for it may break."""
    return [{"bold": part.bold, "text": _shown(part.text, together)} for part in parts]


def _shown(text: str, together: int) -> str:
    plain = _UNSHOWN.sub("\ufffd", _TURNS.sub("", text.replace("\t", " ")))
    return _WORD.sub(lambda found: _broken(found[0], together), plain)


def _broken(word: str, together: int) -> str:
    if _HASH.fullmatch(word):
        return word
    return "\u200b".join(word[at : at + together] for at in range(0, len(word), together))

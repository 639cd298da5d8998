"""Minutes page: the minutes as one page of HTML to read, print and file; nothing is fetched."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from finops.operations.marks import blocks
from finops.operations.marks import Grid
from finops.operations.marks import Heading
from finops.operations.marks import Line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from finops.operations.marks import Part

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.2rem;margin:2rem 0 .5rem}"
    "h3{font-size:1rem;margin:1.2rem 0 .3rem}p{margin:.4rem 0}ul{margin:.4rem 0}"
    "li,p,td{overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%;font-size:14px;margin:.5rem 0}"
    "th,td{padding:.35rem .6rem;border-bottom:1px solid color-mix(in srgb,currentColor 20%,"
    "transparent);text-align:left;vertical-align:top}"
    "th{border-bottom-width:2px}.brief,.number{white-space:nowrap}"
    ".number{text-align:right;font-variant-numeric:tabular-nums}"
    "@media print{h2,h3{break-after:avoid}tr{break-inside:avoid}}"
)
_NUMBER, _BRIEF = ' class="number"', ' class="brief"'
_FITS = 14
"""A cell of so many signs stays on one line."""


def page(title: str, markdown: str) -> str:
    """The lines of minutes as HTML: headings, items, tables and bold, every text escaped."""
    parts: list[str] = []
    for listed, found in groupby(blocks(markdown), key=_listed):
        lines = [_block(one) for one in found]
        parts += ["<ul>", *lines, "</ul>"] if listed else lines
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html><html lang="en"><head>{head}</head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _listed(block: Heading | Line | Grid) -> bool:
    return isinstance(block, Line) and block.item


def _block(block: Heading | Line | Grid) -> str:
    match block:
        case Heading(level, parts):
            return f"<h{level}>{_words(parts)}</h{level}>"
        case Line(item, parts):
            tag = "li" if item else "p"
            return f"<{tag}>{_words(parts)}</{tag}>"
        case Grid(names, numbers, rows):
            told = "".join(_row(row, numbers, "td") for row in rows)
            head = _row(names, numbers, "th")
            return f"<table><thead>{head}</thead><tbody>{told}</tbody></table>"


def _row(cells: Sequence[Iterable[Part]], numbers: Sequence[bool], tag: str) -> str:
    told = (
        f"<{tag}{_NUMBER if number else _brief(cell)}>{_words(cell)}</{tag}>"
        for cell, number in zip(cells, numbers, strict=True)
    )
    return f"<tr>{''.join(told)}</tr>"


def _brief(cell: Iterable[Part]) -> str:
    return _BRIEF if sum(len(part.text) for part in cell) <= _FITS else ""


def _words(parts: Iterable[Part]) -> str:
    return "".join(
        f"<strong>{escape(part.text)}</strong>" if part.bold else escape(part.text)
        for part in parts
    )

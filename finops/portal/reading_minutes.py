"""Reading minutes: the minutes of a meeting as a page shows them, no table wider than the page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from finops.operations.marks import blocks
from finops.operations.marks import Grid
from finops.operations.marks import Heading
from finops.portal import formats
from finops.portal import tables
from finops.portal.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.operations.marks import Line
    from finops.operations.marks import Part

_BELOW = 3
"""By how many levels the headings of minutes stand below those of a page and its views."""


def draw(markdown: str) -> None:
    """Draw the minutes; each table is named for the heading that it stands under."""
    heading = ""
    for tabular, found in groupby(blocks(markdown), key=lambda one: isinstance(one, Grid)):
        told = list(found)
        for one in told:
            if isinstance(one, Grid):
                tables.wrap(_table(heading, one))
            elif isinstance(one, Heading):
                heading = _plain(one.parts)
        if not tabular:
            st.markdown("\n".join(_line(one) for one in told if not isinstance(one, Grid)))


def _table(heading: str, grid: Grid) -> Table:
    columns = zip(*grid.rows, strict=True)
    named = zip(map(_plain, grid.names), columns, strict=True)
    return Table(heading, {name: list(map(_plain, cells)) for name, cells in named}, {})


def _line(one: Heading | Line) -> str:
    """A line as the page's Markdown: no text in it means anything, no address is a link."""
    words = "".join(f"**{_told(part)}**" if part.bold else _told(part) for part in one.parts)
    if isinstance(one, Heading):
        return f"\n{'#' * (one.level + _BELOW)} {words}\n"
    return f"- {words}" if one.item else f"\n{words}\n"


def _told(part: Part) -> str:
    return formats.md_escape(part.text)


def _plain(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)

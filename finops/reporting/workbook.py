"""Workbook: a table as xlsx to work with, and on a second sheet what it is about.

Numbers and days are typed, so that they can be summed and sorted; texts stay texts, each column is
as wide as what stands in it, and the names of the columns stay in sight.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import TypeAlias

from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = "str | Decimal | date"

_NARROWEST, _WIDEST = 8, 60
"""In signs; what is longer goes on below."""
_MARGIN = 2
_DAY, _NUMBER = 10, 20
_SHAPES: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"},
    "count": {"num_format": "#,##0", "valign": "top"},
    "amount": {"num_format": "#,##0.00########", "valign": "top"},
}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], about: Iterable[tuple[str, Cell]]
) -> bytes:
    """The file: a sheet `Table`, and a sheet `About` of names and what they are."""
    written = io.BytesIO()
    with Workbook(written, _OPTIONS) as book:
        shapes = {name: book.add_format(told) for name, told in _SHAPES.items()}
        sheet = book.add_worksheet("Table")
        _fill(sheet, (columns, *rows), shapes)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        _fill(book.add_worksheet("About"), (("About", ""), *about), shapes)
    return written.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Cell]], shapes: Mapping[str, Format]) -> None:
    for column, cells in enumerate(zip(*rows, strict=True)):
        widest = max(map(_width, cells)) + _MARGIN
        sheet.set_column(column, column, min(max(widest, _NARROWEST), _WIDEST))
        for row, cell in enumerate(cells):
            _write(sheet, row, column, cell, shapes)


def _write(
    sheet: Worksheet, row: int, column: int, cell: Cell, shapes: Mapping[str, Format]
) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, shapes["text" if row else "head"])
    elif isinstance(cell, Decimal):
        whole = int(cell.as_tuple().exponent) >= 0
        sheet.write_number(row, column, float(cell), shapes["count" if whole else "amount"])
    else:
        sheet.write_datetime(row, column, cell, shapes["day"])


def _width(cell: Cell) -> int:
    if isinstance(cell, str):
        return len(cell)
    return min(len(f"{cell:,f}"), _NUMBER) if isinstance(cell, Decimal) else _DAY


def lossless(cell: Cell) -> bool:
    """Whether all digits of a number are in the file, which has 16 of each."""
    return not isinstance(cell, Decimal) or Decimal(f"{float(cell):.16G}") == cell

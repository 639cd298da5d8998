"""Exports: a table as csv or xlsx that no text from a bill can turn into a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from finops.core.amount import shortest
from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text must not begin with, since spreadsheets would compute it."""

KINDS = ("csv", "xlsx")


def exported(columns: Sequence[str], rows: Iterable[Sequence[object]], *, kind: str) -> bytes:
    """A table as a file: money in full, days in ISO form, texts that stay texts.

    Raises:
        UsageError: it is neither csv nor xlsx.
    """
    if kind not in KINDS:
        message = f"{kind!r} is no kind of table that is written."
        raise UsageError(message, remedy="Name the file .csv or .xlsx.")
    body = [[_cell(value) for value in row] for row in rows]
    return _csv(columns, body) if kind == "csv" else _xlsx(columns, body)


def _cell(value: object) -> str | Decimal:
    if isinstance(value, Decimal):
        return value
    told = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    return f"'{told}" if told.startswith(FORMULA) else told


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_digits(cell) if isinstance(cell, Decimal) else cell for cell in row])
    return written.getvalue().encode()


def _xlsx(columns: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> bytes:
    """One sheet; an amount is a number where a spreadsheet keeps all of its digits."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(written, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal) and _fits(cell):
                    sheet.write_number(place, column, float(cell))
                else:
                    text = _digits(cell) if isinstance(cell, Decimal) else cell
                    sheet.write_string(place, column, text)
    return written.getvalue()


def _fits(number: Decimal) -> bool:
    """Whether a spreadsheet's number says the same to the last digit."""
    return Decimal(repr(float(number))) == number


def _digits(number: Decimal) -> str:
    """In full, never with an exponent; cents are kept as they are posted."""
    return format(number or shortest(number), "f")

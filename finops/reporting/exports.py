"""Exports: a table as csv or xlsx that no text from a bill can turn into a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import in_full
from finops.errors import UsageError
from finops.reporting.workbook import lossless
from finops.reporting.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from finops.reporting.workbook import Cell

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text must not begin with, since spreadsheets would compute it."""

KINDS = ("csv", "xlsx")


class About(NamedTuple):
    """What a table is, what it was narrowed to, of which snapshot, and who took it when."""

    what: str
    by: str
    on: date
    only: str = ""
    snapshot: str = ""


def exported(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, kind: str, about: About
) -> bytes:
    """A table as a file: money in full, days in ISO form, texts that stay texts.

    A workbook says on a second sheet what it is about; a csv has no place for that.

    Raises:
        UsageError: it is neither csv nor xlsx.
    """
    if kind not in KINDS:
        message = f"{kind!r} is no kind of table that is written."
        raise UsageError(message, remedy="Name the file .csv or .xlsx.")
    body = [[_cell(value) for value in row] for row in rows]
    plain = _csv(columns, body)
    return plain if kind == "csv" else workbook(columns, body, _lines(about, body, plain))


def _lines(about: About, body: list[list[Cell]], plain: bytes) -> Iterator[tuple[str, Cell]]:
    """What the second sheet says; the hash is that of the same table as csv."""
    told = {"What": about.what, "Only": about.only, "Snapshot": about.snapshot}
    yield from ((name, _cell(said)) for name, said in told.items() if said)
    yield "Rows", Decimal(len(body))
    if not all(lossless(cell) for row in body for cell in row):
        yield "Digits", "as many as a spreadsheet keeps; the same table as csv has all"
    yield "SHA-256 as csv", sha256(plain).hexdigest()
    yield "Taken by", _cell(about.by)
    yield "Taken on", about.on


def _cell(value: object) -> Cell:
    """A number or a day as it is; all else as a text that no spreadsheet computes."""
    if isinstance(value, Decimal) or (isinstance(value, date) and not _timed(value)):
        return value
    told = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    return f"'{told}" if told.startswith(FORMULA) else told


def _timed(day: date) -> bool:
    return isinstance(day, datetime)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([in_full(cell) if isinstance(cell, Decimal) else cell for cell in row])
    return written.getvalue().encode()

"""Walk: a csv file that did not hold is read once more, line by line, to say what is wrong where.

Every record that has the header's columns is written down again with the line it starts on; the
lines that are no records are told. Only a file that is refused is walked, in bounded memory.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from decimal import InvalidOperation
from typing import Any
from typing import NamedTuple
from typing import TextIO
from typing import TYPE_CHECKING

import zstandard

from finops.core.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from finops.focus.raw import Raw

MAX_LINE = 2 * 1024 * 1024
"""The longest line of text, and the longest row over several lines, that is read, in bytes."""

MOST = 10_000
"""Faults that are named one by one; beyond these only their number is told."""

LINE = "line of the file"
"""The column that says where a row was; no header can be in its way, for it comes first."""

_QUOTED = "a quotation mark is opened and not closed, or text follows it; quote the whole field"


class BrokenOffError(Exception):
    """The compressed data end or break after a line."""

    def __init__(self, line: int) -> None:
        super().__init__(f"after line {line}")
        self.line = line


@dataclass
class Walked:
    """What a walk found: how many lines are no rows, the first of them, and what they cost."""

    strays: list[Finding] = field(default_factory=list)
    count: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)


class _Record(NamedTuple):
    line: int
    fields: list[str]
    reason: str = ""


class _TooLongError(Exception):
    pass


class _TooManyError(Exception):
    pass


class _Lines:
    """The physical lines of a text, numbered; those of a row that went astray can be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._back: list[str] = []
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else self._file.readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            while (rest := self._file.readline(MAX_LINE)) and not rest.endswith(("\n", "\r")):
                pass
            raise _TooLongError
        if len(self.taken) > 1 and sum(map(len, self.taken)) > MAX_LINE:
            raise _TooManyError
        return line

    def put_back(self) -> None:
        """Take only the first line of the row as read."""
        rest = self.taken[1:]
        self.number -= len(rest)
        self._back += reversed(rest)
        del self.taken[1:]


def walk(raw: Raw, target: Path, *, cost: str = "", currency: str = "") -> Walked:
    """Write the rows of a csv file to `target` (csv.zst), each with its line; what is no row.

    `cost` and `currency` are what the file calls the columns for the amount of what is left out.

    Raises:
        BrokenOffError: the compressed data are damaged or not all there.
    """
    found = Walked()
    places = [raw.columns.index(name) if name else -1 for name in (cost, currency)]
    with _opened(raw) as file, zstandard.open(target, "wt", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow((LINE, *raw.columns))
        lines = _Lines(file)
        try:
            for record in _records(lines, raw.delimiter, len(raw.columns)):
                stray = _stray(record, raw)
                if not stray:
                    writer.writerow((record.line, *record.fields))
                    continue
                found.count += 1
                if found.count <= MOST:
                    found.strays.append(stray)
                if len(record.fields) == len(raw.columns):
                    _cost(found, record.fields, *places)
        except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
            raise BrokenOffError(lines.number) from error
    return found


def _records(lines: _Lines, delimiter: str, width: int) -> Iterator[_Record]:
    """Each row after the header; after a row that went astray, reading begins on the next line."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    next(reader, None)
    while True:
        lines.taken.clear()
        start, reason, fields = lines.number + 1, "", []
        try:
            fields = next(reader)
        except StopIteration:
            return
        except _TooLongError:
            reason = f"the line is longer than {MAX_LINE:,} bytes"
        except (csv.Error, _TooManyError):
            reason = _QUOTED
        if len(fields) == width + 1 and not fields[-1]:
            fields = fields[:-1]
        if reason or (fields and len(fields) != width and len(lines.taken) > 1):
            fields = fields or [lines.taken[0].rstrip("\r\n")]
            lines.put_back()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        if fields:
            yield _Record(start, fields, reason)


def _stray(record: _Record, raw: Raw) -> Finding | None:
    """The finding for a record that is no row; None for a row."""
    line, fields, reason = record
    column, value = "", raw.delimiter.join(fields)
    if not reason and len(fields) != len(raw.columns):
        has = "1 field" if len(fields) == 1 else f"{len(fields)} fields"
        reason = f"{has} where the header has {len(raw.columns)}"
    if not reason and fields[0].strip().lower() == raw.columns[0].lower():
        reason = "the column names again, in the midst of the rows; take the line out"
    if not reason and sum(map(len, fields)) > MAX_LINE // 4 and _size(fields) > MAX_LINE:
        reason = f"the line is longer than {MAX_LINE:,} bytes"
    if not reason:
        place = next((i for i, text in enumerate(fields) if not _is_utf8(text)), -1)
        if place < 0:
            return None
        column, value = raw.columns[place], fields[place]
        reason = "not UTF-8 text; save the file as UTF-8"
    value = value[:80].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Finding(rule="line", file=raw.name, line=line, column=column, value=value, reason=reason)


def _size(fields: list[str]) -> int:
    return sum(len(text.encode("utf-8", "surrogateescape")) + 1 for text in fields)


def _is_utf8(text: str) -> bool:
    return text.isascii() or not any("\udc80" <= mark <= "\udcff" for mark in text)


def _cost(found: Walked, fields: list[str], cost: int, currency: int) -> None:
    """Add up what is left out, where the line tells it."""
    if cost < 0 or currency < 0:
        return
    try:
        amount = Decimal(fields[cost])
    except InvalidOperation:
        return
    if amount.is_finite() and fields[currency].isalpha():
        found.amounts[fields[currency]] = found.amounts.get(fields[currency], Decimal(0)) + amount


@contextmanager
def _opened(raw: Raw) -> Iterator[TextIO]:
    csv.field_size_limit(2**31 - 1)
    packed: dict[str, Callable[..., Any]] = {"gzip": gzip.open, "zstd": zstandard.open}
    with (
        packed.get(raw.compression, open)(raw.path, "rb") as unpacked,
        io.TextIOWrapper(
            unpacked, encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as file,
    ):
        yield file

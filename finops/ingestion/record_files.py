"""Record files: rates, invoices, metrics, budgets, events; a small csv or xlsx, taken whole or not.

Each kind of file is a declaration: its columns, how each cell reads, and what a line becomes. A
line that cannot be right is named with file, line, column, value and what was expected.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from difflib import get_close_matches
from io import StringIO
from typing import Any
from typing import Generic
from typing import NamedTuple
from typing import NoReturn
from typing import TYPE_CHECKING
from typing import TypeVar

from finops.errors import InputError
from finops.ingestion import cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

Record = TypeVar("Record")

_SIMILAR = 0.8


class Column(NamedTuple):
    """A column of a file; one that is not needed may be left out and is then empty in each line.

    `choices` are what a form offers for it.
    """

    name: str
    read: Callable[[str], object] = cells.text
    example: str = ""
    needed: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line: what its cells say and mean; `number` is 0 where it was typed and not in a file."""

    file: str
    number: int
    noun: str
    told: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Any:  # noqa: ANN401 -- as its column reads it
        return self.values[column]

    def refuse(self, column: str, expected: str, value: str | None = None) -> NoReturn:
        """Refuse what stands in a column.

        Raises:
            InputError: always.
        """
        place = f"{self.file} line {self.number}, " if self.number else ""
        said = self.told.get(column, "") if value is None else value
        message = f"{place}{column} {said!r}: expected {expected}."
        what = f"No {self.noun} of this file was taken." if self.number else "Nothing was taken."
        raise InputError(message, remedy=what)

    def read(self, columns: Sequence[Column]) -> Line:
        """This line with the meaning of each of its cells."""
        for column in columns:
            try:
                self.values[column.name] = column.read(self.told.get(column.name, ""))
            except cells.Unfit as error:
                self.refuse(column.name, str(error))
        return self


@dataclass(frozen=True, kw_only=True)
class RecordFile(Generic[Record]):
    """A kind of file: what one line is called, its columns, what a line becomes, and its key.

    Two lines of one key are refused, at the column `once`.
    """

    noun: str
    columns: tuple[Column, ...]
    make: Callable[[Line], Record]
    key: Callable[[Record], Hashable]
    once: str

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that a file must have."""
        return tuple(column.name for column in self.columns if column.needed)

    def template(self, row: Mapping[str, str] | None = None) -> str:
        """A csv file with one line: the example where none is given."""
        out = StringIO(newline="")
        writer = csv.DictWriter(out, [column.name for column in self.columns], restval="")
        writer.writeheader()
        writer.writerow(row or {column.name: column.example for column in self.columns})
        return out.getvalue()

    def typed(self, row: Mapping[str, str]) -> Record:
        """The record that somebody typed.

        Raises:
            InputError: it cannot be right; the column is named.
        """
        told = {name: value.strip() for name, value in row.items()}
        return self.make(Line("", 0, self.noun, told).read(self.columns))

    def read(self, path: Path) -> tuple[Record, ...]:
        """The records of a file, all of them.

        Raises:
            InputError: the file cannot be read, or a line cannot be right.
        """
        return self.records(table(path, self.noun))

    def records(self, sheet: Sheet) -> tuple[Record, ...]:
        """The records of a file whose cells are read already.

        Raises:
            InputError: a column is missing, or a line cannot be right.
        """
        self._complete(sheet)
        found: dict[Hashable, tuple[Record, int]] = {}
        for line in sheet.lines:
            one = self.make(line.read(self.columns))
            earlier = found.setdefault(self.key(one), (one, line.number))
            if earlier[1] != line.number:
                line.refuse(self.once, f"each {self.noun} once; line {earlier[1]} has it too")
        if not found:
            message = f"{sheet.file} holds no {self.noun}."
            raise InputError(message, remedy="Add a line for each below the column names.")
        return tuple(one for one, _ in found.values())

    def _complete(self, sheet: Sheet) -> None:
        """Refuse a file without a column, or with one whose name is nearly an absent one's."""
        remedy = f"A file of {self.noun}s has {', '.join(self.needed)}."
        absent = [column for column in self.columns if column.name not in sheet.header]
        for column in absent:
            if column.needed:
                message = f"{sheet.file} line 1: the column {column.name} is missing."
                raise InputError(message, remedy=remedy)
        lowered = {column.name.lower(): column.name for column in absent}
        for name in set(sheet.header) - {column.name for column in self.columns}:
            if near := get_close_matches(name.lower(), lowered, 1, _SIMILAR):
                message = f"{sheet.file} line 1: the column {name!r} is not known."
                raise InputError(message, remedy=f"Do you mean {lowered[near[0]]}?")


class Sheet(NamedTuple):
    """A file's column names, and its lines that say anything."""

    file: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]


def table(path: Path, noun: str) -> Sheet:
    """The cells of a csv or xlsx file, as text.

    Raises:
        InputError: it cannot be read, it is empty, a name stands twice, or a line is too long.
    """
    rows = _rows(path)
    if not rows:
        message = f"{path.name}: the file is empty."
        raise InputError(message)
    header = tuple(_text(name) for name in rows[0][1])
    if twice := [name for name in header if name and header.count(name) > 1]:
        message = f"{path.name} line 1: {twice[0]} is there twice."
        raise InputError(message, remedy="Name each column once.")
    lines = []
    for number, row in rows[1:]:
        values = [_text(cell) for cell in row]
        if any(values):
            line = Line(path.name, number, noun, dict(zip(header, values, strict=False)))
            if any(beyond := values[len(header) :]):
                line.refuse("", "no value beyond the last column", ",".join(beyond))
            lines.append(line)
    return Sheet(path.name, header, tuple(lines))


def _rows(path: Path) -> list[tuple[int, Sequence[object]]]:
    """Each row with the number of its line."""
    try:
        with path.open("rb") as file:
            packed = file.read(4) == b"PK\x03\x04"
        return _xlsx(path) if packed else _csv(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path.name} cannot be read as csv: {error}."
        raise InputError(message, remedy="Save it as csv in UTF-8, or as xlsx.") from error


def _csv(path: Path) -> list[tuple[int, Sequence[object]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, skipinitialspace=True, strict=True)
        return [(reader.line_num, row) for row in reader]


def _xlsx(path: Path) -> list[tuple[int, Sequence[object]]]:
    # Loaded only for the rare workbook.
    from python_calamine import CalamineError  # noqa: PLC0415
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return list(enumerate(sheet.to_python(skip_empty_area=False), start=1))
    except CalamineError as error:
        message = f"{path.name} cannot be read as xlsx: {error}."
        raise InputError(message, remedy="Save it as xlsx again, or as csv.") from error


def _text(cell: object) -> str:
    """A cell as text; what a workbook holds as a float is told by its shortest digits."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    return str(cell).strip()

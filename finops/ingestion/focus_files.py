"""FOCUS files as people have them: csv, compressed csv, Parquet, folders and globs of these."""

from __future__ import annotations

import csv
import glob
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from finops.core.finding import Finding
from finops.errors import ImportRefused
from finops.errors import InputError
from finops.focus import columns
from finops.focus import datasets
from finops.focus.raw import Format
from finops.focus.raw import Raw
from finops.ingestion import compression

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

SUFFIXES = (".csv", ".csv.gz", ".csv.zst", ".parquet")
"""The files of a folder that are read; a file that is named is read whatever its name."""

_PARQUET, _ZIP = b"PAR1", b"PK\x03\x04"
_HEAD = 1024 * 1024
"""How much of a file is looked at for its header, in bytes."""

_LONGEST = 100_000

_FOLDED = {name.lower(): name for name in (*datasets.NAMES, *columns.OLDER_NAMES)}


def find(sources: Sequence[str]) -> tuple[Path, ...]:
    """List the files that sources name: files, folders (all below them) and globs.

    A symbolic link is followed only where it is named itself.

    Raises:
        InputError: a source names nothing.
    """
    found: dict[Path, None] = {}
    for source in sources:
        files = _files(source)
        if not files:
            message = f"{source}: no file there."
            raise InputError(
                message, remedy=f"Name a file, or a folder with {', '.join(SUFFIXES)}."
            )
        found.update(dict.fromkeys(files))
    return tuple(found)


class Unreadable(ImportRefused):
    """A file is no FOCUS file, or cannot be read at all; `finding` says where and why."""

    def __init__(self, path: Path, reason: str, *, line: int = 0, column: str = "") -> None:
        self.finding = Finding(
            rule="readable", file=path.name, line=line, column=column, reason=reason
        )
        super().__init__(f"{self.finding}.")


def read(path: Path) -> Raw:
    """Learn what a file is, without reading its rows.

    Raises:
        Unreadable: it is empty, no text, or no FOCUS file.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    if not magic:
        raise Unreadable(path, "the file is empty; export it again")
    if magic == _ZIP:
        raise Unreadable(path, "this is a zip or an xlsx, not a csv; unpack it, or save it as csv")
    if magic == _PARQUET:
        return _parquet(path)
    return _text(path, compression.kind(magic))


def _files(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        below = sorted(file for file in path.rglob("*") if file.name.lower().endswith(SUFFIXES))
        return [file for file in below if file.is_file() and not file.is_symlink()]
    if path.is_file():
        return [path]
    named = glob.glob(source, recursive=True)  # noqa: PTH207 -- Path has none for absolute ones
    return [path for path in sorted(map(Path, named)) if path.is_file() and not path.is_symlink()]


def _parquet(path: Path) -> Raw:
    try:
        schema: pa.Schema = pq.read_schema(path)
    except (OSError, ValueError) as error:
        reason = "the Parquet file is cut off or damaged; fetch it again"
        raise Unreadable(path, reason) from error
    header = tuple(schema.names)
    types = {name: str(schema.field(name).type) for name in header}
    return _raw(path, header, Format.PARQUET, types=types)


def _text(path: Path, packed: str) -> Raw:
    head = _head(path, packed)
    line = _first_line(path, head.removeprefix(b"\xef\xbb\xbf"))
    delimiter = max(",;\t|", key=lambda mark: (_known(line, mark), line.count(mark)))
    header = tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter)))
    return _raw(path, header, Format.CSV, packed=packed, delimiter=delimiter)


def _head(path: Path, packed: str) -> bytes:
    """The first bytes of the text, which must be text."""
    head = compression.head(path, packed, _HEAD)
    if not head:
        damage = compression.reason_against(path, packed, max_ratio=1)
        raise Unreadable(path, damage or "the file is empty; export it again")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(path, "the text is UTF-16; save it as UTF-8")
    if compression.kind(head[:4]) != compression.NONE or head.startswith(_ZIP):
        raise Unreadable(path, "it is packed twice; unpack it once")
    if b"\x00" in head[:200]:
        raise Unreadable(path, "this is UTF-16 or no text at all; save it as UTF-8 csv")
    return head


def _first_line(path: Path, head: bytes) -> str:
    line = (head.splitlines() or [b""])[0]
    try:
        first = line.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} of the line is not UTF-8 text; save the file as UTF-8"
        raise Unreadable(path, reason, line=1) from error
    if len(first) > _LONGEST:
        reason = f"longer than {_LONGEST:,} characters, where the column names should be"
        raise Unreadable(path, reason, line=1)
    if not first.strip():
        raise Unreadable(path, "empty, where the column names should be; export it again", line=1)
    return first


def _known(line: str, delimiter: str) -> int:
    names = {name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter))}
    return len(names & set(_FOLDED))


def _raw(
    path: Path,
    header: tuple[str, ...],
    layout: Format,
    *,
    packed: str = compression.NONE,
    delimiter: str = "",
    types: dict[str, str] | None = None,
) -> Raw:
    names = _named(path, header)
    try:
        detected = datasets.detect(names)
    except ImportRefused as error:
        raise Unreadable(path, f"{error}; {error.remedy}", line=1) from error
    told = {name: (types or {}).get(found, "") for name, found in zip(names, header, strict=True)}
    have = {columns.OLDER_NAMES.get(name, name) for name in names}
    return Raw(
        path=path,
        format=layout,
        compression=packed,
        delimiter=delimiter,
        columns=names,
        texts=frozenset(name for name, kind in told.items() if not kind or _is_text(kind)),
        exact=frozenset(name for name, kind in told.items() if _is_exact(kind)),
        kind=detected.kind,
        version=detected.version,
        missing=tuple(name for name in datasets.mandatory(detected) if name not in have),
        sha256=_sha256(path),
        size=path.stat().st_size,
    )


def _named(path: Path, header: tuple[str, ...]) -> tuple[str, ...]:
    """The header's names, FOCUS names in FOCUS's case: some stores fold the case of columns."""
    names = tuple(_FOLDED.get(name.lower(), name) for name in header)
    if "" in names:
        reason = f"column {names.index('') + 1} has no name; name it, or take it out"
        raise Unreadable(path, reason, line=1)
    folded = [name.lower() for name in names]
    if twice := sorted({name for name in names if folded.count(name.lower()) > 1}):
        reason = "named twice; name each column once"
        raise Unreadable(path, reason, line=1, column=twice[0])
    return names


def _is_text(kind: str) -> bool:
    return kind.removeprefix("dictionary<values=").startswith(("string", "large_string"))


def _is_exact(kind: str) -> bool:
    """Whether a number is stored with at most 18 decimals, and not as a binary fraction."""
    if kind.startswith("decimal"):
        return int(kind.rstrip(")").split(",")[1]) <= MOST_DECIMALS
    return kind.startswith(("int", "uint"))


MOST_DECIMALS = 18


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

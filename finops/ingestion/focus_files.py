"""FOCUS files as people have them: csv, compressed csv, Parquet, folders and globs of these."""

from __future__ import annotations

import csv
import glob
import hashlib
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import zstandard

from finops.errors import ImportRefused
from finops.errors import InputError
from finops.focus import columns
from finops.focus import datasets
from finops.focus.raw import Format
from finops.focus.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

SUFFIXES = (".csv", ".csv.gz", ".csv.zst", ".parquet")
"""The files of a folder that are read; a file that is named is read whatever its name."""

_GZIP, _ZSTD, _PARQUET, _ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"PK\x03\x04"
_HEAD = 4 * 1024 * 1024
_SAMPLE = 1024 * 1024


def find(sources: Sequence[str]) -> tuple[Path, ...]:
    """List the files that sources name: files, folders (all below them) and globs.

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


def read(path: Path, *, max_ratio: int = 200) -> Raw:
    """Learn what a file is, without reading its rows.

    Raises:
        ImportRefused: it is empty, no text, no FOCUS file, or it swells beyond `max_ratio` when
            it is decompressed.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    if not magic:
        raise _refused(path, "the file is empty", "Export it again.")
    if magic == _ZIP:
        raise _refused(path, "this is a zip or an xlsx, not a csv", "Unpack it, or save it as csv.")
    if magic == _PARQUET:
        return _parquet(path)
    return _text(path, magic, max_ratio)


def _files(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        below = sorted(file for file in path.rglob("*") if file.name.lower().endswith(SUFFIXES))
        return [file for file in below if file.is_file() and not file.is_symlink()]
    if path.is_file():
        return [path]
    return sorted(Path(name) for name in glob.glob(source, recursive=True) if Path(name).is_file())


def _parquet(path: Path) -> Raw:
    try:
        schema: pa.Schema = pq.read_schema(path)
    except (OSError, ValueError) as error:
        reason = "the Parquet file is cut off or damaged"
        raise _refused(path, reason, "Fetch it again.") from error
    header = tuple(schema.names)
    texts = {name for name in header if _is_text(schema.field(name).type)}
    return _raw(path, header, Format.PARQUET, texts=texts)


def _is_text(kind: pa.DataType) -> bool:
    return str(kind).startswith(("string", "large_string", "dictionary<values=string"))


def _text(path: Path, magic: bytes, max_ratio: int) -> Raw:
    compression = {_GZIP: "gzip", _ZSTD: "zstd"}.get(magic if magic == _ZSTD else magic[:2], "none")
    head = _head(path, compression, max_ratio)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:200]:
        raise _refused(path, "the text is UTF-16, or not text", "Save it as UTF-8.")
    first = _first_line(path, head)
    delimiter = max(",;\t|", key=lambda mark: (_known(first, mark), first.count(mark)))
    header = tuple(
        name.strip() for name in next(csv.reader(io.StringIO(first), delimiter=delimiter))
    )
    return _raw(path, header, Format.CSV, compression=compression, delimiter=delimiter)


def _first_line(path: Path, head: bytes) -> str:
    line = head.removeprefix(b"\xef\xbb\xbf").splitlines()[0] if head.strip() else b""
    try:
        first = line.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"line 1 is not UTF-8 text (byte {error.start})"
        raise _refused(path, reason, "Save it as UTF-8.") from error
    if not first.strip():
        raise _refused(path, "line 1 is empty where the column names should be", "Export it again.")
    return first


def _known(line: str, delimiter: str) -> int:
    names = set(next(csv.reader(io.StringIO(line), delimiter=delimiter)))
    return len(names & (set(columns.BY_ID) | set(columns.OLDER_NAMES)))


def _head(path: Path, compression: str, max_ratio: int) -> bytes:
    """The first bytes of the text; refuses what swells like a decompression bomb."""
    with path.open("rb") as file:
        packed = file.read(_SAMPLE)
    limit = max(_HEAD, len(packed) * max_ratio)
    try:
        head = _unpacked(packed, compression, limit + 1)
    except (EOFError, OSError, zlib.error, zstandard.ZstdError) as error:
        raise _refused(path, f"the {compression} data is damaged", "Fetch it again.") from error
    if len(head) > limit:
        reason = f"it swells more than {max_ratio} times when it is decompressed"
        raise _refused(path, reason, "Raise max_ratio in finops.toml if you trust the file.")
    return head[:_HEAD]


def _unpacked(packed: bytes, compression: str, limit: int) -> bytes:
    if compression == "gzip":
        return zlib.decompressobj(wbits=31).decompress(packed, limit)
    if compression == "zstd":
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as reader:
            return reader.read(limit)
    return packed


def _raw(
    path: Path,
    header: tuple[str, ...],
    layout: Format,
    *,
    compression: str = "none",
    delimiter: str = "",
    texts: set[str] | None = None,
) -> Raw:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise _refused(path, f"line 1 names {', '.join(twice)} twice", "Name each column once.")
    try:
        detected = datasets.detect(header)
    except ImportRefused as error:
        raise _refused(path, str(error), error.remedy) from error
    names = {columns.OLDER_NAMES.get(name, name) for name in header}
    return Raw(
        path=path,
        format=layout,
        compression=compression,
        delimiter=delimiter,
        columns=header,
        texts=frozenset(header if texts is None else texts),
        kind=detected.kind,
        version=detected.version,
        missing=tuple(name for name in datasets.mandatory(detected) if name not in names),
        sha256=_sha256(path),
        size=path.stat().st_size,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(path: Path, reason: str, remedy: str) -> ImportRefused:
    return ImportRefused(f"{path.name}: {reason}.", remedy=remedy)

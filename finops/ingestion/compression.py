"""Compression: whether a packed file is whole and sound, and swells no further than it may.

The engine unpacks a file by itself, and neither holds gzip to its check sum nor notices that
zstd data end early. So each packed file is unpacked a second time beside the engine, only to be
counted and checked.
"""

from __future__ import annotations

import threading
import zlib
from contextlib import suppress
from typing import Self
from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from finops.dataset.engine_duckdb import Engine
    from finops.focus.raw import Raw

GZIP, ZSTD, NONE = "gzip", "zstd", "none"

DAMAGED = (EOFError, OSError, zlib.error, zstandard.ZstdError)
"""What reading damaged data may raise."""

DAMAGE = "the {} data is cut off or damaged; fetch the file again"
SWELLS = (
    "it swells to more than {} times its size when it is decompressed; "
    "raise max_ratio in finops.toml if you trust the file"
)

_ROOM = 8 * 1024 * 1024
"""What any file may swell to, in bytes, however small it is."""

_STEP = {GZIP: 1024 * 1024, ZSTD: 4096}
"""Bytes read at a time: zstd unpacks all of them at once, at most 32,768 times as many."""


def kind(magic: bytes) -> str:
    """The compression that the first four bytes of a file stand for."""
    if magic.startswith(b"\x1f\x8b"):
        return GZIP
    return ZSTD if magic == b"\x28\xb5\x2f\xfd" else NONE


def head(path: Path, compression: str, size: int) -> bytes:
    """At least the first `size` bytes of the text, or all that can be read of it."""
    found = bytearray()
    with path.open("rb") as file, suppress(*DAMAGED):
        for _, piece in unpacked(file, compression):
            found += piece
            if len(found) >= size:
                break
    return bytes(found)


def reason_against(
    path: Path, compression: str, *, max_ratio: int, stop: threading.Event | None = None
) -> str:
    """Why a packed file cannot be trusted, in words; empty when it is whole and sound."""
    total = 0
    try:
        with path.open("rb") as file:
            for taken, piece in unpacked(file, compression):
                total += len(piece)
                if total > max(_ROOM, taken * max_ratio):
                    return SWELLS.format(max_ratio)
                if stop and stop.is_set():
                    return ""
    except DAMAGED:
        return DAMAGE.format(compression)
    return ""


def unpacked(file: BinaryIO, compression: str) -> Iterator[tuple[int, bytes]]:
    """Pieces of the text, each with the number of packed bytes that have been read for it."""
    if compression == NONE:
        while piece := file.read(_STEP[GZIP]):
            yield file.tell(), piece
        return
    one = _Gzip if compression == GZIP else _Zstd
    stream = one()
    while packed := file.read(_STEP[compression]):
        while packed:
            packed, piece = stream.take(packed)
            yield file.tell(), piece
            if stream.over and packed:
                if not packed.strip(b"\0"):
                    break
                stream = one()
    if not stream.over:
        raise EOFError


class _Gzip:
    """One member of a gzip file; its check sum is held at its end."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    @property
    def over(self) -> bool:
        return self._stream.eof

    def take(self, packed: bytes) -> tuple[bytes, bytes]:
        """Unpack some bytes; what is left of them, and a piece of the text."""
        piece = self._stream.decompress(packed, _ROOM)
        return self._stream.unconsumed_tail or self._stream.unused_data, piece


class _Zstd:
    """One frame of a zstd file; its check sum, where it has one, is held at its end."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdDecompressor().decompressobj()

    @property
    def over(self) -> bool:
        return bool(self._stream.eof)

    def take(self, packed: bytes) -> tuple[bytes, bytes]:
        """Unpack some bytes; what is left of them, and a piece of the text."""
        piece = self._stream.decompress(packed)
        return self._stream.unused_data, piece


class Checking:
    """A packed file checked in a thread of its own, while the engine reads it.

    An engine that is guarded is stopped if the file swells; of damage it will tell by itself.
    """

    def __init__(self, raw: Raw, *, max_ratio: int) -> None:
        self._raw, self._max_ratio = raw, max_ratio
        self._done, self._stop = threading.Event(), threading.Event()
        self._engine: Engine | None = None
        self._reason = ""
        self._thread = threading.Thread(target=self._check, daemon=True)

    def __enter__(self) -> Self:
        if self._raw.compression == NONE:
            self._done.set()
        else:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread.ident:
            self._thread.join()

    def guard(self, engine: Engine) -> None:
        """Name the engine that reads the file."""
        self._engine = engine

    def reason(self) -> str:
        """Wait for the end of the check; why the file cannot be trusted, or nothing."""
        self._done.wait()
        return self._reason

    def _check(self) -> None:
        raw = self._raw
        self._reason = reason_against(
            raw.path, raw.compression, max_ratio=self._max_ratio, stop=self._stop
        )
        self._done.set()
        if self._reason == SWELLS.format(self._max_ratio):
            # Between two statements an engine does not hear that it should stop.
            while not self._stop.wait(0.05):
                if self._engine:
                    self._engine.interrupt()

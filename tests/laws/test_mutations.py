"""Law of broken input: whatever is done to a file, it is right or it is refused."""

from __future__ import annotations

import csv
import gzip
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.dataset.staging import stage
from finops.focus.raw import Raw
from finops.ingestion.compression import Checking
from finops.ingestion.focus_files import read
from finops.ingestion.focus_files import Unreadable
from tests.corpus import as_csv
from tests.corpus import as_parquet
from tests.corpus import charge
from tests.corpus import written
from tests.lanes import examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = ("plain", "with, comma", 'with "quotes"', "two\nlines", "ö €")
ROWS = [
    charge(f"{n * 7919 - 90_000}e-{n % 9}", ChargeDescription=TEXTS[n % 5], x_Foo="z")
    for n in range(40)
]
SUMMED = zstandard.ZstdCompressor(write_checksum=True)
SEEDS = {
    "csv": as_csv(ROWS),
    "semicolons": written(ROWS, delimiter=";").encode(),
    "CR LF": written(ROWS, end="\r\n").encode(),
    "gzip": gzip.compress(as_csv(ROWS)),
    "zstd": SUMMED.compress(as_csv(ROWS)),
    "Parquet": as_parquet(ROWS),
}


def _text(name: str, content: bytes) -> str:
    if name == "gzip":
        content = gzip.decompress(content)
    if name == "zstd":
        stream = zstandard.ZstdDecompressor().stream_reader(content, read_across_frames=True)
        content = stream.read()
    return content.decode("utf-8-sig")


def _turned(content: bytearray, start: int, _length: int) -> None:
    content[start] ^= 1 << (start % 8)


def _cut(content: bytearray, start: int, _length: int) -> None:
    del content[max(1, start) :]


def _taken_out(content: bytearray, start: int, length: int) -> None:
    del content[start : start + length]


def _repeated(content: bytearray, start: int, length: int) -> None:
    content[start:start] = content[start : start + length]


def _moved(content: bytearray, start: int, length: int) -> None:
    content[start // 2 : start // 2 + length] = content[start : start + length]


def _added(content: bytearray, start: int, length: int) -> None:
    content[start:start] = b'",;\n\r\x00\xff0.-eE_'[length % 11 : length % 11 + 2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations")


def _read(path: Path) -> Raw | str:
    """What a file is, or why it cannot be told."""
    try:
        return read(path)
    except Unreadable as error:
        return error.finding.reason


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    """One of the seeds with something done to it, once or a few times."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    content = bytearray(SEEDS[name])
    ways: list[Callable[[bytearray, int, int], None]] = [
        _turned,
        _cut,
        _taken_out,
        _repeated,
        _moved,
        _added,
    ]
    for way in draw(st.lists(st.sampled_from(ways), min_size=1, max_size=3)):
        start = draw(st.integers(0, max(0, len(content) - 1)))
        if content:
            way(content, start, draw(st.integers(1, 200)))
    return name, bytes(content)


@settings(max_examples=examples(80), deadline=None, database=None)
@given(mutation=mutations(), accept=st.booleans())
def test_a_mutated_file_is_right_or_refused(
    folder: Path, mutation: tuple[str, bytes], *, accept: bool
) -> None:
    """What is refused says why; what is taken whole adds up as Python's own csv reads it."""
    name, content = mutation
    (folder / "bill").write_bytes(content)
    raw = _read(folder / "bill")
    if not isinstance(raw, Raw):
        assert raw
        return
    with Checking(raw, max_ratio=200) as checking:
        staged = stage(raw, folder / "staged.parquet", accept=accept)
        reason = checking.reason()
    if reason or staged.path is None:
        assert reason or all(finding.reason for finding in staged.refused)
        return
    costs = pq.read_table(staged.path)["BilledCost"].to_pylist()
    assert len(costs) == staged.rows > 0
    if name == "Parquet" or staged.refused:
        return
    lines = csv.DictReader(io.StringIO(_text(name, content), newline=""), delimiter=raw.delimiter)
    expected = sum((Decimal(line["BilledCost"].strip()) for line in lines), Decimal(0))
    assert abs(sum(costs) - expected) < Decimal("1e-15")

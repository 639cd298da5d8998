"""Packed data that are cut off, damaged or a bomb are found, whatever the engine makes of them."""

from __future__ import annotations

import gzip
import threading
from typing import TYPE_CHECKING

import pytest
import zstandard

from finops.ingestion import compression
from finops.ingestion.compression import Checking
from finops.ingestion.compression import reason_against
from finops.ingestion.focus_files import read
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus import damaged

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine

TEXT = as_csv(charge(str(number)) for number in range(5_000))
PACKED = {
    "gzip": gzip.compress(TEXT),
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress(TEXT),
}
each = pytest.mark.parametrize("kind", PACKED)


def reason(path: Path, kind: str, content: bytes, *, ratio: int = 200) -> str:
    path.write_bytes(content)
    return reason_against(path, kind, max_ratio=ratio)


@each
def test_whole_data_are_trusted(kind: str, tmp_path: Path) -> None:
    packed = PACKED[kind]
    assert compression.kind(packed[:4]) == kind
    assert reason(tmp_path / "f", kind, packed) == ""
    assert reason(tmp_path / "f", kind, packed + packed) == ""


@each
def test_data_that_end_early_are_not(kind: str, tmp_path: Path) -> None:
    packed = PACKED[kind]
    for size in (len(packed) - 1, len(packed) - 10, len(packed) // 2, 20):
        assert reason(tmp_path / "f", kind, packed[:size]) == compression.DAMAGE.format(kind)
    two = packed + packed[:-5]
    assert reason(tmp_path / "f", kind, two) == compression.DAMAGE.format(kind)


@each
def test_a_turned_bit_is_found_wherever_it_is(kind: str, tmp_path: Path) -> None:
    packed = PACKED[kind]
    for place in range(40, len(packed) - 1, len(packed) // 25):
        broken = damaged(packed, place)
        assert reason(tmp_path / "f", kind, broken) == compression.DAMAGE.format(kind)


@each
def test_what_swells_too_far_is_stopped_by_counting(kind: str, tmp_path: Path) -> None:
    """The bomb is behind an ordinary beginning, and is never unpacked whole."""
    blanks = b" " * 60_000_000
    bomb = gzip.compress(blanks) if kind == "gzip" else zstandard.compress(blanks)
    swells = compression.SWELLS.format(200)
    assert reason(tmp_path / "f", kind, PACKED[kind] + bomb) == swells
    assert reason(tmp_path / "f", kind, PACKED[kind] + bomb, ratio=100_000) == ""


def test_small_files_may_swell(tmp_path: Path) -> None:
    assert reason(tmp_path / "f", "gzip", gzip.compress(b" " * 1_000_000), ratio=2) == ""


@each
def test_the_beginning_is_read_even_of_damaged_data(kind: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(PACKED[kind][:-20])
    found = compression.head(tmp_path / "f", kind, 10_000_000)
    assert found
    assert TEXT.startswith(found)
    assert len(compression.head(tmp_path / "f", kind, 100)) >= 100


class Stubborn:
    """An engine that hears only the third time that it should stop."""

    def __init__(self) -> None:
        self.heard = threading.Event()
        self.asked = 0

    def interrupt(self) -> None:
        self.asked += 1
        if self.asked > 2:
            self.heard.set()


def test_an_engine_is_stopped_from_reading_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv.gz"
    path.write_bytes(gzip.compress(TEXT + b" " * 60_000_000))
    engine = Stubborn()
    with Checking(read(path), max_ratio=200) as checking:
        checking.guard(cast_engine(engine))
        assert checking.reason() == compression.SWELLS.format(200)
        assert engine.heard.wait(5)


def cast_engine(engine: object) -> Engine:
    return engine  # type: ignore[return-value]


def test_a_file_that_is_not_packed_needs_no_check(tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(TEXT)
    with Checking(read(tmp_path / "bill.csv"), max_ratio=1) as checking:
        assert checking.reason() == ""

"""A csv file is walked line by line: rows with the line they are on, and what is no row."""

from __future__ import annotations

import csv
import gzip
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import zstandard

from finops.dataset.walk import BrokenOffError
from finops.dataset.walk import LINE
from finops.dataset.walk import MAX_LINE
from finops.dataset.walk import MOST
from finops.dataset.walk import walk
from finops.dataset.walk import Walked
from finops.ingestion.focus_files import read
from tests.corpus import charge
from tests.corpus import ONE
from tests.corpus import three
from tests.corpus import written

if TYPE_CHECKING:
    from pathlib import Path

TEXT = written(three())
HEADER, FIRST, SECOND, THIRD = TEXT.splitlines(keepends=True)


def walked(tmp_path: Path, content: bytes) -> tuple[Walked, list[tuple[int, str]]]:
    """What a walk found, and each row that was kept: its line and its billed cost."""
    (tmp_path / "bill.csv").write_bytes(content)
    target = tmp_path / "again.csv.zst"
    raw = read(tmp_path / "bill.csv")
    found = walk(raw, target, cost="BilledCost", currency="BillingCurrency")
    with zstandard.open(target, "rt", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [LINE, *ONE]
    return found, [(int(row[0]), row[1]) for row in rows]


def test_a_sound_file_keeps_every_row_on_its_line(tmp_path: Path) -> None:
    found, rows = walked(tmp_path, TEXT.encode())
    assert rows == [(2, "10.00"), (3, "20.50"), (4, "30.00")]
    assert (found.strays, found.count, found.amounts) == ([], 0, {})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end: str, tmp_path: Path) -> None:
    rows = [charge(ChargeDescription="two,\nlines"), charge("2"), charge("3")]
    _, kept = walked(tmp_path, written(rows, end=end).encode())
    assert [line for line, _ in kept] == [2, 4, 5]
    _, kept = walked(tmp_path, (HEADER + "\n\n" + FIRST + "\n" + SECOND).encode())
    assert [line for line, _ in kept] == [4, 6]


def test_line_ends_may_differ_within_a_file(tmp_path: Path) -> None:
    mixed = HEADER + FIRST.strip() + "\r\n" + SECOND.strip() + "\r" + THIRD.strip()
    assert [line for line, _ in walked(tmp_path, mixed.encode())[1]] == [2, 3, 4]


def test_reading_begins_anew_on_the_line_after_an_open_quotation_mark(tmp_path: Path) -> None:
    """Rows after it are kept, though the open mark would swallow them."""
    opened = SECOND.replace("an hour", '"an hour')
    found, rows = walked(tmp_path, (HEADER + FIRST + opened + THIRD + opened + FIRST).encode())
    assert rows == [(2, "10.00"), (4, "30.00"), (6, "10.00")]
    assert [stray.line for stray in found.strays] == [3, 5]


def test_an_open_quotation_mark_swallows_no_more_than_a_line_may_be_long(tmp_path: Path) -> None:
    opened = SECOND.replace("an hour", '"an hour')
    many = written(charge(str(n)) for n in range(12_000)).splitlines(keepends=True)[1:]
    content = (HEADER + opened + "".join(many)).encode()
    assert len(content) > MAX_LINE
    found, rows = walked(tmp_path, content)
    assert ([stray.line for stray in found.strays], len(rows)) == ([2], 12_000)


def test_a_line_without_an_end_is_passed_over_in_pieces(tmp_path: Path) -> None:
    endless = FIRST.replace("an hour", "x" * 3 * MAX_LINE)
    found, rows = walked(tmp_path, (HEADER + endless + SECOND).encode())
    assert rows == [(3, "20.50")]
    (stray,) = found.strays
    assert (stray.line, stray.reason) == (2, "the line is longer than 2,097,152 bytes")
    assert len(stray.value) == 80


def test_what_is_left_out_is_added_up_where_the_line_tells_it(tmp_path: Path) -> None:
    latin = written([charge("1.25", ServiceName="ö")]).splitlines()[1].encode("latin-1") + b"\n"
    content = HEADER.encode() + latin * 2 + SECOND.encode() + b"Total,60\n"
    found, rows = walked(tmp_path, content)
    assert (found.count, found.amounts) == (3, {"USD": Decimal("2.50")})
    assert rows == [(4, "20.50")]
    stray = found.strays[0]
    assert (stray.column, stray.value) == ("ServiceName", "\ufffd")


def test_faults_are_counted_beyond_those_that_are_named(tmp_path: Path) -> None:
    found, rows = walked(tmp_path, (HEADER + "short\n" * (MOST + 5) + FIRST).encode())
    assert (len(found.strays), found.count) == (MOST, MOST + 5)
    assert rows == [(MOST + 7, "10.00")]


def test_data_that_break_off_are_told_with_the_last_line(tmp_path: Path) -> None:
    content = gzip.compress(written(charge(str(n)) for n in range(5_000)).encode())[:-30]
    with pytest.raises(BrokenOffError) as error:
        walked(tmp_path, content)
    assert 4_000 < error.value.line <= 5_001

"""Heads: what is noted outside the database is found again, whatever became of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.records import heads
from finops.records.audit import Head

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = Head(1, "a" * 64), Head(2, "b" * 64)


def test_every_head_is_read_as_it_was_noted(tmp_path: Path) -> None:
    file = tmp_path / heads.FILE
    assert heads.noted(file) == ()
    heads.note(file, ONE)
    heads.note(file, TWO)
    assert heads.noted(file) == (ONE, TWO)


def test_a_line_that_was_cut_short_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / heads.FILE
    heads.note(file, ONE)
    file.write_text(file.read_text() + "2 bbbb\n\x00 ü\n", "utf-8")
    heads.note(file, Head(3, "c" * 64))
    assert heads.noted(file) == (ONE, Head(3, "c" * 64))


def test_a_note_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    heads.note(tmp_path / "nowhere" / heads.FILE, ONE)
    assert not (tmp_path / "nowhere").exists()

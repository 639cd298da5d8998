"""A file of charges that is none, or that kills its reader, is an answer and no crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access import bounded
from finops.invoicing import recount

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TOLD = {"month": "2026-04", "provider": "", "totals": {}, "sources": []}


def test_a_file_that_is_no_parquet_is_said_to_be_none_by_the_child_as_by_the_parent(
    tmp_path: Path,
) -> None:
    (tmp_path / "charges.parquet").write_bytes(b"PAR1 and nothing else")
    said = recount.counted(tmp_path / "charges.parquet", TOLD)
    assert "cannot be read" in said[1][0]
    assert recount.apart(b"PAR1 and nothing else", TOLD) == said


def test_a_reader_that_is_brought_down_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child gets no processor time, as one does that a file holds for ever."""
    monkeypatch.setattr(recount, "SECONDS", 0)
    assert recount.apart(b"PAR1", TOLD) == (0, ("charges.parquet stops whoever reads it",))
    assert bounded.answer("finops.invoicing.recount", "no request", seconds=60) is None

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.bench import bill
from finops.ingestion import focus_files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_bill_has_every_column_of_focus_1_2_and_is_always_the_same(tmp_path: Path) -> None:
    for name in ("a.csv.gz", "b.csv.gz"):
        bill.write(tmp_path / name, rows=200)
    read = focus_files.read(tmp_path / "a.csv.gz")
    assert (len(read.columns), read.version, read.missing) == (57, "1.2", ())
    assert read.sha256 == focus_files.read(tmp_path / "b.csv.gz").sha256

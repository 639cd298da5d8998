from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from finops.bench import bare_engine
from finops.bench import bill

if TYPE_CHECKING:
    from pathlib import Path


def test_it_reads_the_same_file_into_the_same_types(tmp_path: Path) -> None:
    bill.write(tmp_path / "bill.csv.gz", rows=100)
    bare_engine.main(str(tmp_path / "bill.csv.gz"), str(tmp_path / "bare.parquet"))
    read = pq.read_table(tmp_path / "bare.parquet")
    assert (read.num_rows, read.num_columns) == (100, 57)
    assert str(read.schema.field("BilledCost").type) == "decimal128(38, 18)"
    assert str(read.schema.field("ChargePeriodStart").type).startswith("timestamp")

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from finops.bench import bare_columns
from finops.dataset import rollup
from finops.focus.normalize import MAPPING_INPUTS

if TYPE_CHECKING:
    from pathlib import Path


def test_it_reads_what_a_mapping_reads_of_a_file_that_has_it(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    with duckdb.connect() as engine:
        engine.execute(f"COPY (SELECT 'a' AS ServiceName, 1 AS BilledCost) TO '{file}'")
    assert bare_columns.main(str(file)) > 0
    assert {*MAPPING_INPUTS, *rollup.DIMENSIONS} <= set(bare_columns.NEEDED)

"""A file is staged strictly; what is staged is exactly what was delivered, or nothing is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from finops.dataset.engine_duckdb import Engine
from finops.dataset.staging import stage
from finops.ingestion.focus_files import read
from tests.corpus import as_csv
from tests.corpus import three

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset.source import Staged


def staged(tmp_path: Path, content: bytes) -> Staged:
    (tmp_path / "bill.csv").write_bytes(content)
    return stage(read(tmp_path / "bill.csv"), tmp_path / "staged.parquet")


def test_a_sound_file_becomes_typed_parquet(tmp_path: Path) -> None:
    found = staged(tmp_path, as_csv(three()))
    assert found.path == tmp_path / "staged.parquet"
    assert (found.rows, found.findings, found.beyond) == (3, (), ())
    table = pq.read_table(found.path)
    kinds = {field.name: str(field.type) for field in table.schema}
    assert kinds["BilledCost"] == "decimal128(38, 18)"
    assert kinds["ChargePeriodStart"] == "timestamp[us, tz=UTC]"
    assert kinds["Tags"].startswith("map<string, string")
    assert kinds["x_MappingKey"] == "int64"
    assert sum(table["BilledCost"].to_pylist()) == Decimal("60.5")


def test_an_absent_column_is_absent_and_not_null(tmp_path: Path) -> None:
    found = staged(tmp_path, as_csv(three()))
    assert found.path
    names = pq.read_schema(found.path).names
    assert "ListCost" in names
    assert "CommitmentDiscountId" not in names
    assert "CommitmentDiscountId" in found.mapping.absent


def test_a_refused_file_is_not_staged(tmp_path: Path) -> None:
    found = staged(tmp_path, as_csv(three(BilledCost="x")))
    assert (found.path, found.rows) == (None, 0)
    assert [finding.line for finding in found.refused] == [3]


def test_long_fractions_are_rounded_and_what_they_lose_is_known(tmp_path: Path) -> None:
    found = staged(tmp_path, as_csv(three(BilledCost="0.0000000000000000016")))
    assert found.path
    assert found.beyond == (("BilledCost", Decimal("-4E-19")),)
    assert pq.read_table(found.path)["BilledCost"].to_pylist()[1] == Decimal("2E-18")


def test_the_engine_is_shown_to_whoever_watches(tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three()))
    seen: list[Engine] = []
    stage(read(tmp_path / "bill.csv"), tmp_path / "staged.parquet", watch=seen.append)
    assert [type(engine) for engine in seen] == [Engine]


def test_a_reading_that_was_stopped_is_not_explained(tmp_path: Path) -> None:
    """Of a decompression bomb the second, careful reading would never end."""

    def stop(engine: Engine) -> None:
        engine.interrupt()

    (tmp_path / "bill.csv").write_bytes(as_csv(three(BilledCost="x")))
    found = stage(read(tmp_path / "bill.csv"), tmp_path / "staged.parquet", watch=stop)
    assert (found.path, found.findings) == (None, ())

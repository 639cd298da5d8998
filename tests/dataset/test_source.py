"""A file is a relation of the engine, whatever lies in it, and one pass tells what it is worth."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.dataset import source
from finops.dataset.engine_duckdb import workbench
from finops.focus.normalize import mapping
from finops.ingestion.focus_files import read
from tests.corpus import as_csv
from tests.corpus import as_parquet
from tests.corpus import Charge
from tests.corpus import charge
from tests.corpus import three

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.core.finding import Finding
    from finops.dataset.engine_duckdb import Engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with workbench(tmp_path) as opened:
        yield opened


def saved(path: Path, content: bytes) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [as_csv(three()), as_parquet(three())], ids=["csv", "Parquet"])
def test_a_file_is_selected_from_in_its_order(
    content: bytes, engine: Engine, tmp_path: Path
) -> None:
    raw = read(saved(tmp_path / "bill", content))
    rows = engine.rows(f"SELECT BilledCost, ChargeClass FROM {source.relation(raw)}")
    assert rows == [("10.00", None), ("20.50", None), ("30.00", None)]


@pytest.mark.parametrize("content", [as_csv, as_parquet])
def test_folders_named_like_columns_are_no_columns(
    content: object, engine: Engine, tmp_path: Path
) -> None:
    assert callable(content)
    raw = read(saved(tmp_path / "BillingCurrency=EUR/month=4/bill", content(three())))
    rows = engine.rows(f"SELECT DISTINCT BillingCurrency FROM {source.relation(raw)}")
    assert rows == [("USD",)]
    assert len(engine.rows(f"SELECT * FROM {source.relation(raw)}")[0]) == len(raw.columns)


def remarks(engine: Engine, tmp_path: Path, rows: list[Charge], **said: int) -> tuple[Finding, ...]:
    raw = read(saved(tmp_path / "bill.csv", as_csv(rows)))
    plan = mapping(raw)
    source.write(engine, raw, plan, tmp_path / "staged.parquet")
    bound = said.get("max_rows", 100)
    return source.findings(engine, raw, plan, tmp_path / "staged.parquet", max_rows=bound)


def test_each_broken_rule_is_told_once_with_its_count(engine: Engine, tmp_path: Path) -> None:
    bad = three(ChargeCategory="Refund") + three(ChargeCategory="Refund", ListCost="")
    told = {finding.rule: finding for finding in remarks(engine, tmp_path, bad)}
    assert {rule: finding.count for rule, finding in told.items()} == {
        "ChargeCategory-allowed-values": 2,
        "ListCost-MUST-NOT-be-null": 1,
    }
    assert told["ChargeCategory-allowed-values"].rejects
    assert not told["ListCost-MUST-NOT-be-null"].rejects


@pytest.mark.parametrize("column", ["ServiceName", "Tags", "x_Foo"])
def test_a_nul_is_found_in_every_kind_of_text(column: str, engine: Engine, tmp_path: Path) -> None:
    rows = [row | {"x_Foo": "plain"} for row in three()]
    rows[1][column] = "a\0b"
    found = {finding.rule: finding.count for finding in remarks(engine, tmp_path, rows)}
    assert found.pop("no-NUL") == 1
    assert set(found) <= {"Tags-key-value"}


def test_no_rows_and_too_many_rows_are_told(engine: Engine, tmp_path: Path) -> None:
    (found,) = remarks(engine, tmp_path, three(), max_rows=2)
    assert (found.rule, found.rejects) == ("max_rows", True)
    raw = read(saved(tmp_path / "none.csv", as_csv(three()).splitlines(keepends=True)[0]))
    plan = mapping(raw)
    assert source.write(engine, raw, plan, tmp_path / "none.parquet") == 0
    (empty,) = source.findings(engine, raw, plan, tmp_path / "none.parquet", max_rows=9)
    assert empty.rule == "holds-charges"


@pytest.mark.parametrize(
    ("cost", "rest"),
    [
        ("0.1234567890123456785", "-0.5e-18"),
        ("0.1234567890123456784", "0.4e-18"),
        ("-0.0000000000000000004", "-0.4e-18"),
        ("1e-30", "1e-30"),
        ("12345678.1234567890123456780000000000017", "1.7e-30"),
        ("1.5", "0"),
    ],
)
def test_what_lies_beyond_the_18th_decimal_is_added_up_exactly(
    cost: str, rest: str, engine: Engine, tmp_path: Path
) -> None:
    raw = read(saved(tmp_path / "bill.csv", as_csv([charge("1", BilledCost=cost)])))
    plan = mapping(raw, rounded=True)
    found = dict(source.beyond(engine, raw, plan, source.relation(raw)))
    # Above ten million the rest is known to its 30th decimal.
    assert abs(found.get("BilledCost", Decimal(0)) - Decimal(rest)) < Decimal("0.5e-30")
    assert set(found) <= {"BilledCost"}

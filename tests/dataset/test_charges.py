from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable
from deltalake import Schema

from finops.dataset import charges
from finops.dataset.snapshot import Part
from finops.dataset.snapshot import Snapshot
from finops.errors import DatasetError
from finops.focus import columns
from finops.focus.adjustments import OWN
from finops.focus.raw import Kind

if TYPE_CHECKING:
    from pathlib import Path


def part(root: Path, name: str, *, rows: int = 3, kind: Kind = Kind.COST_AND_USAGE) -> Part:
    """A part with a file of one column."""
    path = f"charges/x_Source=s/x_BillingMonth=2026-04/{name}.parquet"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        pa.table({"BilledCost": [None] * rows, "ServiceName": [name] * rows}), root / path
    )
    return Part(
        kind=kind,
        issuer="",
        account="",
        month="2026-04",
        source="s",
        import_id=name,
        path=path,
        rows=rows,
        digest=name,
        columns=(),
    )


def committed(root: Path, base: Snapshot | None, add: list[Part], drop: list[Part]) -> Snapshot:
    """The snapshot after a commit."""
    version = charges.commit(root, base=base, drop=drop, add=add, moment=0)
    kept = [one for one in (base.parts if base else ()) if one not in drop]
    number = base.number + 1 if base else 1
    return Snapshot(
        number=number, revision=number, at="", charges_version=version, parts=(*kept, *add)
    )


def newest(root: Path) -> set[str]:
    """The names of the files in the newest version."""
    uris = DeltaTable(str(root / "charges")).file_uris()
    return {uri.rsplit("/", 1)[1].removesuffix(".parquet") for uri in uris}


def test_the_table_has_every_column_of_the_model_with_money_as_decimals(tmp_path: Path) -> None:
    table = charges.open_table(tmp_path)
    kinds = {field.name: str(field.type) for field in table.schema().fields}
    assert {column.id for column in columns.COST_AND_USAGE} <= set(kinds)
    for name in columns.MONEY:
        assert "decimal(38,18)" in kinds[name]
    assert table.metadata().partition_columns == ["x_Source", "x_BillingMonth"]
    assert charges.open_table(tmp_path).version() == 0


def test_parts_go_out_and_in_by_one_version(tmp_path: Path) -> None:
    first, second = part(tmp_path, "a"), part(tmp_path, "b")
    one = committed(tmp_path, None, [first], [])
    two = committed(tmp_path, one, [second], [first])
    assert (one.charges_version, two.charges_version) == (1, 2)
    assert newest(tmp_path) == {"b"}
    charges.verify(tmp_path, one)
    charges.verify(tmp_path, two)


def test_other_datasets_leave_the_table_alone(tmp_path: Path) -> None:
    one = committed(tmp_path, None, [part(tmp_path, "a")], [])
    other = part(tmp_path, "b", kind=Kind.BILLING_PERIOD)
    assert committed(tmp_path, one, [other], []).charges_version == one.charges_version


@pytest.mark.parametrize("published", [True, False])
def test_what_was_committed_and_never_published_is_taken_back(
    tmp_path: Path, *, published: bool
) -> None:
    """A writer dies after Delta, with and without a snapshot before it."""
    base = committed(tmp_path, None, [part(tmp_path, "a")], []) if published else None
    lost = part(tmp_path, "lost")
    committed(tmp_path, base, [lost], [])

    after = committed(tmp_path, base, [part(tmp_path, "b")], [])

    assert newest(tmp_path) == ({"a", "b"} if published else {"b"})
    charges.verify(tmp_path, after)


def test_taking_back_once_is_enough(tmp_path: Path) -> None:
    base = committed(tmp_path, None, [part(tmp_path, "a")], [])
    committed(tmp_path, base, [part(tmp_path, "lost")], [])
    taken = charges.settle(tmp_path, base).version()
    assert newest(tmp_path) == {"a"}
    assert charges.settle(tmp_path, base).version() == taken
    (tmp_path / part(tmp_path, "lost").path).unlink()
    charges.verify(tmp_path, base)
    assert committed(tmp_path, base, [part(tmp_path, "c")], []).charges_version == taken + 1


def test_a_table_older_than_the_records_is_refused(tmp_path: Path) -> None:
    base = committed(tmp_path, None, [part(tmp_path, "a")], [])
    with pytest.raises(DatasetError, match="older than snapshot"):
        charges.settle(tmp_path, replace(base, charges_version=9))


def test_verify_names_what_differs(tmp_path: Path) -> None:
    first, second = part(tmp_path, "a"), part(tmp_path, "b")
    one = committed(tmp_path, None, [first, second], [])
    with pytest.raises(DatasetError, match=r"b\.parquet"):
        charges.verify(tmp_path, replace(one, parts=(first,)))
    with pytest.raises(DatasetError, match="version 7"):
        charges.verify(tmp_path, replace(one, charges_version=7))
    (tmp_path / second.path).write_bytes(b"PAR1")
    with pytest.raises(DatasetError, match=r"b\.parquet") as error:
        charges.verify(tmp_path, one)
    assert "Restore" in error.value.remedy
    (tmp_path / first.path).unlink()
    with pytest.raises(DatasetError, match=r"a\.parquet"):
        charges.verify(tmp_path, one)


def test_a_workspace_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    root = tmp_path / "our charges" / "charges" / "Übersicht #1"
    root.mkdir(parents=True)
    one = committed(root, None, [part(root, "a")], [])
    two = committed(root, one, [part(root, "b")], [])
    assert newest(root) == {"a", "b"}
    (root / two.parts[1].path).unlink()
    with pytest.raises(DatasetError, match=r"b\.parquet"):
        charges.verify(root, two)


def test_another_engine_reads_the_same_rows(tmp_path: Path) -> None:
    committed(tmp_path, None, [part(tmp_path, "a", rows=4), part(tmp_path, "b", rows=2)], [])
    table = DeltaTable(str(tmp_path / "charges"))
    rows = pa.table(table.get_add_actions(flatten=True))["num_records"].to_pylist()
    assert sorted(rows) == [2, 4]


def test_a_table_made_before_there_were_adjustments_gets_their_columns_on_first_need(
    tmp_path: Path,
) -> None:
    older = [field for field in charges.schema().fields if field.name not in OWN]
    parted = ["x_Source", "x_BillingMonth"]
    DeltaTable.create(str(tmp_path / "charges"), Schema(older), partition_by=parted)
    one = committed(tmp_path, None, [part(tmp_path, "a")], [])
    assert OWN[0] not in {field.name for field in charges.open_table(tmp_path).schema().fields}

    two = committed(tmp_path, one, [replace(part(tmp_path, "b"), adjusts="2026-03")], [])

    assert set(OWN) <= {field.name for field in charges.open_table(tmp_path).schema().fields}
    assert newest(tmp_path) == {"a", "b"}
    assert charges.settle(tmp_path, two).version() == two.charges_version
    charges.verify(tmp_path, one)
    charges.verify(tmp_path, two)

"""Every fault of a refused file is named, and with consent exactly those rows are left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from finops.dataset.staging import stage
from finops.dataset.walk import MOST
from finops.focus.validate import RULES
from finops.ingestion.focus_files import read
from tests.corpus import as_csv
from tests.corpus import as_parquet
from tests.corpus import Charge
from tests.corpus import charge
from tests.corpus import ONE
from tests.corpus import three
from tests.corpus import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finops.dataset.source import Staged


def staged(tmp_path: Path, content: bytes, *, accept: bool = False) -> Staged:
    (tmp_path / "bill.csv").write_bytes(content)
    return stage(read(tmp_path / "bill.csv"), tmp_path / "staged.parquet", accept=accept)


def places(found: Staged) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.column, finding.value) for finding in found.refused]


FAULTS = [
    charge("1"),
    charge("2", BilledCost="x", ChargePeriodEnd="2026-04-31T00:00:00Z"),
    charge("3", ChargeCategory="Refund"),
    charge("4", BillingCurrency=""),
    charge("5"),
]


@pytest.mark.parametrize(("make", "above"), [(as_csv, 1), (as_parquet, 0)], ids=["csv", "Parquet"])
def test_every_fault_of_every_row_is_named_at_once(
    make: Callable[[list[Charge]], bytes], above: int, tmp_path: Path
) -> None:
    found = staged(tmp_path, make(FAULTS))
    assert places(found) == [
        (2 + above, "BilledCost", "x"),
        (2 + above, "ChargePeriodEnd", "2026-04-31T00:00:00Z"),
        (3 + above, "ChargeCategory", "Refund"),
        (4 + above, "BillingCurrency", ""),
    ]
    assert found.left_out.rows == 3
    assert dict(found.left_out.amounts) == {"": Decimal(4), "USD": Decimal(3)}


@pytest.mark.parametrize("make", [as_csv, as_parquet])
def test_with_consent_the_other_rows_are_staged_as_they_would_have_been(
    make: Callable[[list[Charge]], bytes], tmp_path: Path
) -> None:
    found = staged(tmp_path, make(FAULTS), accept=True)
    assert found.path
    kept = pq.read_table(found.path)
    alone = staged(tmp_path, make([FAULTS[0], FAULTS[4]]))
    assert alone.path
    assert kept.equals(pq.read_table(alone.path))


def test_a_file_that_lacks_columns_is_read_for_its_other_faults_and_never_staged(
    tmp_path: Path,
) -> None:
    names = [name for name in ONE if name not in {"BillingAccountId", "ServiceName"}]
    content = written(three(ChargePeriodEnd="2026-04-01T30:00:00Z"), names=names).encode()
    for accept in (False, True):
        found = staged(tmp_path, content, accept=accept)
        assert found.path is None
        assert places(found) == [
            (1, "BillingAccountId", ""),
            (1, "ServiceName", ""),
            (3, "ChargePeriodEnd", "2026-04-01T30:00:00Z"),
        ]


def test_where_no_row_is_left_nothing_is_staged(tmp_path: Path) -> None:
    found = staged(tmp_path, as_csv([charge("x"), charge("y")]), accept=True)
    assert found.path is None
    assert found.refused[-1].reason == "no row would be left"


def test_a_value_that_cannot_be_read_is_not_told_as_missing_too(tmp_path: Path) -> None:
    found = staged(tmp_path, as_csv(three(BilledCost="1,5", ChargePeriodStart="x")))
    assert [(f.column, f.rule) for f in found.refused] == [
        ("BilledCost", "BilledCost-format"),
        ("ChargePeriodStart", "ChargePeriodStart-format"),
    ]


def test_faults_without_number_are_counted_and_the_first_are_named(tmp_path: Path) -> None:
    rows = [charge("1"), *[charge("2", ChargeCategory="Refund")] * (MOST + 50)]
    found = staged(tmp_path, as_csv(rows))
    assert len(found.refused) == MOST
    assert found.left_out.rows == MOST + 50
    assert dict(found.left_out.amounts) == {"USD": Decimal(2 * (MOST + 50))}


def test_what_the_rounding_of_the_kept_rows_loses_is_known(tmp_path: Path) -> None:
    rows = [charge("1e-19"), charge("x"), charge("2e-19", BilledCost="1")]
    found = staged(tmp_path, as_csv(rows), accept=True)
    assert dict(found.beyond) == {
        "BilledCost": Decimal("1e-19"),
        "EffectiveCost": Decimal("3e-19"),
        "ListCost": Decimal("3e-19"),
        "ContractedCost": Decimal("3e-19"),
    }


def test_rules_are_held_to_the_typed_values_of_every_column_they_name(tmp_path: Path) -> None:
    """A rule's predicate is told again over typed values, by name: it must name nothing else."""
    rows = three(
        ChargePeriodStart="2026-04-03T02:00:00+09:00", ChargePeriodEnd="2026-04-02T17:00:00Z"
    )
    found = staged(tmp_path, as_csv(rows))
    assert [f.rule for f in found.refused] == ["ChargePeriodEnd-exclusive"]
    assert all(
        rule.column in (rule.broken({*ONE, rule.column}) or "") for rule in RULES if rule.rejects
    )


def test_no_path_of_the_machine_is_told(tmp_path: Path) -> None:
    content = bytearray(as_parquet([charge(str(n)) for n in range(3_000)]))
    content[600] ^= 0x10
    found = staged(tmp_path, bytes(content))
    assert [str(finding) for finding in found.refused] == [
        "bill.csv: the data is damaged; fetch the file again"
    ]

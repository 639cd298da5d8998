"""Every import is remembered with what it said when it was made."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.ingestion.history import imports
from finops.ingestion.history import rejected_rows
from finops.ingestion.ingest import Options
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus import three
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import bring
from tests.corpus.workspaces import brought

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_the_latest_import_is_told_first_with_all_it_said(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "first.csv").write_bytes(as_csv(three(ListCost="")))
    (tmp_path / "second.csv").write_bytes(as_csv([charge("1", BillingAccountId="2")]))
    first = brought(fresh, tmp_path / "first.csv")
    second = brought(fresh, tmp_path / "second.csv")
    found = imports(fresh)
    assert [report.source for report in found] == ["second.csv", "first.csv"]
    for told, kept in zip((second, first), found, strict=True):
        assert kept.import_id == told.import_id
        assert (kept.rows, kept.sums, kept.billing_periods) == (
            3 if told is first else 1,
            told.sums,
            ("2026-04",),
        )
        assert (kept.findings, kept.absent_columns) == (told.findings, told.absent_columns)
        assert (kept.format, kept.focus_version, kept.dataset) == (
            "focus-csv",
            "1.2",
            "CostAndUsage",
        )
        assert kept.at == AT.isoformat()


def test_rejected_rows_are_kept_and_told_apart_from_remarks(
    fresh: Workspace, tmp_path: Path
) -> None:
    bill = [charge("x"), charge("2", ListCost=""), charge("1e-19")]
    (tmp_path / "bill.csv").write_bytes(as_csv(bill))
    (report,) = bring(fresh, tmp_path / "bill.csv", options=Options(accept_rejects=True))
    (kept,) = imports(fresh)
    assert list(map(str, kept.rejected_rows)) == list(map(str, report.rejected_rows))
    assert kept.findings == report.findings
    assert [finding.reason for finding in kept.findings] == ["expected a value"]
    assert (kept.left_out_rows, kept.left_out, kept.beyond) == (1, (), report.beyond)
    assert dict(report.beyond)["BilledCost"] == Decimal("1e-19")
    assert rejected_rows(fresh, report.import_id) == kept.rejected_rows
    assert rejected_rows(fresh, "no such import") == ()


def test_an_unchanged_import_is_no_history(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three()))
    brought(fresh, tmp_path / "bill.csv")
    bring(fresh, tmp_path / "bill.csv")
    assert len(imports(fresh)) == 1

"""A report says what became of a file, in the shape that scripts rely on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.finding import Finding
from finops.ingestion.ingest import Options
from finops.ingestion.report import report_of_unreadable
from tests.corpus import as_csv
from tests.corpus import charge
from tests.corpus import three
from tests.corpus.workspaces import bring
from tests.corpus.workspaces import brought

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

CONTRACT = {
    "import_id",
    "source",
    "format",
    "focus_version",
    "status",
    "rows",
    "rejected_rows",
    "sums",
    "billing_periods",
    "snapshot",
}


def test_the_document_has_the_fields_of_the_contract(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three(ListCost="0")))
    report = brought(fresh, tmp_path / "bill.csv")
    document = report.to_document()
    assert set(document) >= CONTRACT
    assert document["sums"] == {
        "BilledCost": Decimal("60.5"),
        "EffectiveCost": Decimal("60.5"),
        "ListCost": Decimal(40),
        "ContractedCost": Decimal("60.5"),
    }
    assert (document["rows"], document["status"]) == (3, "committed")
    assert document["billing_periods"] == ["2026-04"]
    (finding,) = report.findings
    assert (finding.rule, finding.count) == ("ListCost-missing-price", 1)


def test_two_currencies_are_never_one_sum(fresh: Workspace, tmp_path: Path) -> None:
    bill = [charge("1"), charge("2", BillingCurrency="EUR")]
    (tmp_path / "bill.csv").write_bytes(as_csv(bill))
    document = brought(fresh, tmp_path / "bill.csv").to_document()
    assert document["sums"] == {}
    by_currency = document["sums_by_currency"]
    assert isinstance(by_currency, dict)
    assert {c: sums["BilledCost"] for c, sums in by_currency.items()} == {"EUR": 2, "USD": 1}


def test_the_message_of_a_refused_file_is_its_first_fault_and_how_many_more(
    fresh: Workspace, tmp_path: Path
) -> None:
    bill = [charge("x"), charge("1", ChargeCategory="Refund")]
    (tmp_path / "bill.csv").write_bytes(as_csv(bill))
    (report,) = bring(fresh, tmp_path / "bill.csv")
    assert report.message == (
        "bill.csv line 2, BilledCost 'x': expected a decimal number such as 1234.56 (and 4 more)."
    )


def test_what_was_left_out_is_told_with_its_amount(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three(ChargeCategory="Refund")))
    options = Options(accept_rejects=True)
    document = bring(fresh, tmp_path / "bill.csv", options=options)[0].to_document()
    assert document["left_out"] == {"rows": 1, "BilledCost": {"USD": Decimal("20.5")}}


def test_a_file_that_could_not_be_read_has_a_report_too() -> None:
    finding = Finding(rule="readable", file="bill.csv", reason="the file is empty")
    report = report_of_unreadable("1-0", finding, "2026-05-03T00:00:00+00:00")
    assert (report.status, report.source, report.rejected_rows) == (
        "rejected",
        "bill.csv",
        (finding,),
    )
    assert report.message == "bill.csv: the file is empty."

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.errors import InputError
from finops.ingestion.invoices import bring
from finops.ingestion.invoices import FILE
from finops.ingestion.invoices import Header
from finops.ingestion.invoices import read

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 6, 3, 9, tzinfo=UTC)
HEAD = ",".join(FILE.needed)
LINE = "Cloud,I-1,2026-04-01,EUR,100.10,19.02,119.12"
READ = Header(
    issuer="Cloud",
    invoice_id="I-1",
    month="2026-04",
    currency="EUR",
    net=Decimal("100.10"),
    tax=Decimal("19.02"),
    payable=Decimal("119.12"),
)


def written(folder: Path, *lines: str, head: str = HEAD) -> Path:
    file = folder / "invoices.csv"
    file.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return file


def test_a_csv_of_headers_is_read_one_invoice_a_line(tmp_path: Path) -> None:
    assert read(written(tmp_path, LINE, "", LINE.replace("I-1", "I-2"))) == (
        READ,
        Header(**{**READ.__dict__, "invoice_id": "I-2"}),
    )


def test_what_may_be_there_is_read_too(tmp_path: Path) -> None:
    optional = "BillingAccountId,InvoiceIssueDate,PaymentDueDate,ReferenceInvoiceId,Lines"
    file = written(tmp_path, f"{LINE},7,2026-05-03,2026-06-02,I-0,12", head=f"{HEAD},{optional}")
    (header,) = read(file)
    assert (header.account, header.issued, header.due) == ("7", "2026-05-03", "2026-06-02")
    assert (header.reference, header.lines) == ("I-0", 12)


def test_a_workbook_is_read_as_it_shows(tmp_path: Path) -> None:
    file = tmp_path / "invoices.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, FILE.needed)
        sheet.write_row(1, 0, ["Cloud", 4711, "", "EUR", 100.1, 19.02, 119.12])
        sheet.write_datetime(1, 2, datetime(2026, 4, 1), day)  # noqa: DTZ001 - as a cell has it
    assert read(file) == (Header(**{**READ.__dict__, "invoice_id": "4711"}),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINE.replace("Cloud", ""), "InvoiceIssuerName ''"),
        (LINE.replace("I-1", ""), "InvoiceId ''"),
        (LINE.replace("2026-04-01", "04/01/2026"), "BillingPeriodStart '04/01/2026'"),
        (LINE.replace("2026-04-01", "2026-02-30"), "BillingPeriodStart '2026-02-30'"),
        (LINE.replace("2026-04-01", ""), "BillingPeriodStart ''"),
        (LINE.replace("EUR", "€"), "Currency '€'"),
        (LINE.replace("100.10", "100x"), "NetAmount '100x'"),
        (LINE.replace("19.02", ""), "TaxAmount ''"),
        (LINE.replace("119.12", "119.13"), "PayableAmount '119.13': expected net and tax, 119.12"),
        (LINE.replace("119.12", "Infinity"), "PayableAmount 'Infinity'"),
        ("Cloud,I-0,2026-04-01,EUR,1,0,1", "InvoiceId 'I-0': expected each invoice once"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken(tmp_path: Path, line: str, said: str) -> None:
    file = written(tmp_path, "Cloud,I-0,2026-04-01,EUR,1,0,1", line)
    with pytest.raises(InputError) as caught:
        read(file)
    assert f"invoices.csv line 3, {said}" in str(caught.value)
    assert caught.value.remedy == "No invoice of this file was taken."


@pytest.mark.parametrize("lines", ["0", "-1", "1.5", "two"])
def test_lines_are_counted_in_whole_numbers(tmp_path: Path, lines: str) -> None:
    with pytest.raises(InputError, match=f"Lines '{lines}'"):
        read(written(tmp_path, f"{LINE},{lines}", head=f"{HEAD},Lines"))


def test_a_status_is_one_that_is_known(tmp_path: Path) -> None:
    head = f"{HEAD},InvoiceIssueStatus"
    assert read(written(tmp_path, f"{LINE},Voided", head=head))[0].status == "Voided"
    with pytest.raises(InputError, match="InvoiceIssueStatus 'Lost'"):
        read(written(tmp_path, f"{LINE},Lost", head=head))


def test_a_file_that_is_no_list_of_invoices_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column InvoiceId is missing"):
        read(written(tmp_path, head="InvoiceIssuerName,Currency"))
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    with pytest.raises(InputError, match="is empty"):
        read(empty)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and nothing else")
    with pytest.raises(InputError, match="as xlsx"):
        read(broken)
    latin = tmp_path / "latin.csv"
    latin.write_bytes(HEAD.encode() + b"\nM\xfcller")
    with pytest.raises(InputError, match="as csv"):
        read(latin)


def test_invoices_may_come_before_the_first_bill(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    done = bring(workspace, written(tmp_path, LINE), actor=local_actor(), at=AT)
    assert (done.invoices, done.snapshot) == (1, "")
    with pytest.raises(InputError, match="no file there"):
        bring(workspace, tmp_path / "none.csv", actor=local_actor(), at=AT)
    workspace.close()

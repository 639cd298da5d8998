from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.invoicing.invoices import invoices
from finops.invoicing.invoices import memos
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_headers_of_one_number_and_several_accounts_are_one_invoice(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    headers = (
        invoice("I-1", "10", "2", account="1", lines=2),
        invoice("I-1", "5", account="2", lines=3),
    )
    (found,) = invoices(opened.dataset(), headers, "2026-04")
    assert (found.payable, found.tax, found.rounded, found.account) == (
        Decimal(17),
        Decimal(2),
        5,
        "",
    )
    assert {line.account for line in found.lines} == {"1", "2"}


def test_only_invoices_of_the_month_are_of_the_month(opened: Workspace, tmp_path: Path) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    headers = (invoice("I-1", "10"), invoice("I-2", "10", month="2026-05"))
    assert [one.invoice_id for one in invoices(opened.dataset(), headers, "2026-05")] == ["I-2"]


def test_credit_memos_of_all_months_are_known_and_voided_ones_are_none(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "bill.csv", [costing("10")])
    headers = (
        invoice("I-1", "10"),
        invoice("C-1", "-1", month="2026-06", reference="I-1"),
        invoice("C-2", "-2", month="2026-07", reference="I-1", status="Voided"),
    )
    (memo,) = memos(opened.dataset(), headers)
    assert (memo.invoice_id, memo.payable, memo.month) == ("C-1", Decimal(-1), "2026-06")

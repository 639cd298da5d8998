"""`finops journal`: shown, written and posted."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.faults import bill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops

INVOICES = (
    "InvoiceIssuerName,InvoiceId,BillingPeriodStart,Currency,NetAmount,TaxAmount,PayableAmount\n"
    "Cloud,I-1,2026-04-01,USD,100.00,19.00,119.00\n"
)


@pytest.fixture
def april(finops: Finops, tmp_path: Path) -> Finops:
    """A month with one invoice."""
    assert finops("init").code == 0
    charges = [bill.costing("100", InvoiceId="I-1")]
    assert finops("import", str(bill.write(tmp_path / "april.csv", charges))).code == 0
    (tmp_path / "invoices.csv").write_text(INVOICES)
    assert finops("invoices", "add", str(tmp_path / "invoices.csv")).code == 0
    return finops


def test_it_is_a_document_whose_debits_equal_its_credits(april: Finops) -> None:
    found = april("journal", "2026-04", "--json").document
    assert (found["version"], found["posted"], found["balances"]) == (1, False, True)
    first = found["entries"][0]
    assert first["debits"] == first["credits"] == "119"


def test_it_is_posted_once_and_written_line_by_line(april: Finops, tmp_path: Path) -> None:
    out = tmp_path / "journal.csv"
    shown = april("journal", "2026-04", "--post", "--out", str(out))
    assert shown.code == 0
    assert "version 1, posted" in shown.out
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert sum(Decimal(row["Debit"]) for row in rows) == sum(Decimal(row["Credit"]) for row in rows)
    assert april("journal", "2026-04", "--post", "--json").document["version"] == 1


def test_a_month_of_which_there_is_nothing_is_refused(april: Finops) -> None:
    refused = april("journal", "2020-01")
    assert refused.code == 2
    assert "neither charges nor invoices" in refused.err

"""How the month is told: the accrual, the invoice that came after it, and what was left."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_an_invoice_after_a_posted_accrual_is_told_with_its_true_up(
    loaded: Finops, tmp_path: Path
) -> None:
    early = loaded("journal", "2026-04", "--post", "--provisional", "--json")
    assert early.document["posted"] is True
    (azure,) = (
        one
        for one in loaded("reconcile", "--json").document["accrual"]
        if one["issuer"] == "Microsoft"
    )
    file = tmp_path / "invoices.csv"
    file.write_text(
        "InvoiceIssuerName,InvoiceId,BillingPeriodStart,Currency,NetAmount,TaxAmount,PayableAmount"
        "\nMicrosoft,G000000001,2026-04-01,EUR,4119.00,0,4119.00\n"
    )
    loaded("invoices", "add", str(file))
    found = loaded("reconcile", "--json").document
    (settled,) = found["true_ups"]
    assert (settled["issuer"], settled["accrued"]) == ("Microsoft", azure["amount"])
    assert settled["version"] == 1
    assert Decimal(settled["accrued"]) + Decimal(settled["amount"]) == 4119
    printed = loaded("reconcile").out
    assert f"True-up of Microsoft: {Decimal(settled['amount']):,f} EUR" in printed

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from typing import Any

    from tests.demo.conftest import Made

MONTH = "2026-08"


def bill(made: Made, period: str) -> list[dict[str, Any]]:
    return [
        row
        for row in made.rows
        if row["InvoiceIssuerName"] == "Amazon Web Services, Inc."
        and f"{row['BillingPeriodStart']:%Y-%m}" == period
    ]


def test_tax_is_its_rate_on_each_accounts_charges(year: Made) -> None:
    base: dict[str, Decimal] = defaultdict(Decimal)
    tax: dict[str, Decimal] = defaultdict(Decimal)
    for row in bill(year, MONTH):
        if row["ChargeCategory"] == "Tax":
            tax[row["SubAccountId"]] += row["BilledCost"]
        elif row["ChargeCategory"] != "Credit":
            base[row["SubAccountId"]] += row["BilledCost"]
    assert set(tax) == set(base)
    for account, amount in base.items():
        assert abs(tax[account] - amount * Decimal("0.045")) <= Decimal("1e-12")


def test_a_correction_carries_tax_of_the_month_it_corrects(year: Made) -> None:
    corrections = [row for row in year.rows if row["ChargeClass"] == "Correction"]
    kinds = {(row["ProviderName"], row["ChargeCategory"]) for row in corrections}
    assert kinds == {
        ("AWS", "Usage"),
        ("AWS", "Tax"),
        ("Microsoft", "Usage"),
        ("Google Cloud", "Usage"),
    }
    assert all(row["BilledCost"] < 0 for row in corrections)


def test_support_is_a_percentage_of_the_bill_before_it(year: Made) -> None:
    rows = bill(year, MONTH)
    support = next(row for row in rows if "Support" in row["ServiceName"])
    base = total(
        row["BilledCost"]
        for row in rows
        if row is not support and row["ChargeCategory"] not in {"Tax", "Credit"}
    )
    assert abs(support["BilledCost"] - base * Decimal("0.03")) < Decimal("0.0001")
    assert support["EffectiveCost"] == support["BilledCost"]


def test_credits_lower_the_bill_and_name_no_service(year: Made) -> None:
    given = [row for row in year.rows if row["ChargeCategory"] == "Credit"]
    assert given
    assert all(row["BilledCost"] == row["EffectiveCost"] < 0 for row in given)
    told = year.facts("credits", axis="billing", period="2026-04")[0]["answer"]["rows"]
    assert told == [{"BillingCurrency": "USD", "Credits": "-1840.55"}]


def test_tax_and_credits_are_told_apart(year: Made) -> None:
    found = total(
        Decimal(row["Tax"])
        for fact in year.facts("tax", axis="billing")
        for row in fact["answer"]["rows"]
    )
    assert found == total(row["BilledCost"] for row in year.rows if row["ChargeCategory"] == "Tax")

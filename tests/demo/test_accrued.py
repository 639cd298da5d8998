"""What the demo accrued is what its bills say, and the true-up what its invoices ask beyond."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.demo.accrued import month
from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_only_the_last_closed_month_was_booked_before_its_invoices() -> None:
    assert month(["2026-08", "2026-09", "2026-10"]) == "2026-09"
    assert month(["2026-10"]) == ""


def test_accruals_are_what_the_bills_of_an_issuer_add_up_to(three_seeds: Made) -> None:
    facts = three_seeds.facts("true_ups")
    assert {fact["question"]["period"] for fact in facts} == {"2026-09"}
    for fact in facts:
        billed = total(
            row["BilledCost"]
            for row in three_seeds.delivered
            if row["InvoiceIssuerName"] == fact["question"]["InvoiceIssuerName"]
            and f"{row['BillingPeriodStart']:%Y-%m}" == "2026-09"
        )
        found = {name: Decimal(number) for name, number in fact["answer"].items()}
        assert abs(found["accrued"] - billed) <= Decimal("0.005")
        assert found["actual"] - found["accrued"] == found["true_up"]


def test_one_issuer_asks_for_what_it_gives_back_a_month_later(three_seeds: Made) -> None:
    told = {
        fact["question"]["InvoiceIssuerName"]: Decimal(fact["answer"]["true_up"])
        for fact in three_seeds.facts("true_ups")
    }
    assert told.pop("Microsoft") == 480
    assert all(abs(number) < 1 for number in told.values())

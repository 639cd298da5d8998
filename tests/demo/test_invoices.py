from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from typing import Any

    from tests.demo.conftest import Made

CENT = Decimal("0.01")


def headers(made: Made) -> list[dict[str, str]]:
    with (made.folder / "invoices.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(made: Made, **answer: str) -> list[dict[str, Any]]:
    facts = made.truth["facts"]["invoices"]
    return [one for one in facts if answer.items() <= one["answer"].items()]


def test_each_issuer_and_month_has_its_invoice_but_the_one_that_was_not_sent(year: Made) -> None:
    charged = {row["InvoiceId"] for row in year.rows}
    numbers = [one["InvoiceId"] for one in headers(year)]
    assert len(numbers) == len(set(numbers))
    (unsent,) = told(year, status="NO_INVOICE")
    assert charged - set(numbers) == {unsent["question"]["InvoiceId"]}
    assert len(set(numbers) - charged) == 2  # a credit memo, and an account without charges


def test_invoices_are_in_whole_cents_and_payable_is_net_and_tax(year: Made) -> None:
    for one in headers(year):
        net, tax, payable = (Decimal(one[f"{name}Amount"]) for name in ("Net", "Tax", "Payable"))
        assert net + tax == payable
        assert payable == payable.quantize(CENT)
        assert tax == tax.quantize(CENT)


def test_what_was_charged_is_the_sum_of_the_charges(year: Made) -> None:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in year.rows:
        sums[row["InvoiceId"], f"{row['BillingPeriodStart']:%Y-%m}"] += row["BilledCost"]
    for fact in told(year):
        question = fact["question"]
        # What came late after a close names the invoice of its own month, and is on none.
        if "FX" in fact["answer"]["buckets"] or not question["InvoiceId"]:
            continue
        number = (question["InvoiceId"], question["period"])
        assert Decimal(fact["answer"]["billed"]) == sums.get(number, Decimal(0))


def test_named_and_unexplained_amounts_are_the_whole_difference(three_seeds: Made) -> None:
    for fact in told(three_seeds):
        answer = fact["answer"]
        found = total(Decimal(amount) for amount in answer["buckets"].values())
        difference = Decimal(answer["invoiced"]) - Decimal(answer["billed"])
        assert found + Decimal(answer["unexplained"]) == difference


def test_one_amount_has_no_name_and_every_kind_of_difference_is_there(three_seeds: Made) -> None:
    (unexplained,) = told(three_seeds, status="UNEXPLAINED")
    assert abs(Decimal(unexplained["answer"]["unexplained"]) - Decimal("312.40")) <= CENT / 2
    named = {name for fact in told(three_seeds) for name in fact["answer"]["buckets"]}
    assert named == {
        "tax outside the data",
        "credit memo",
        "correction",
        "marketplace or other issuer",
        "charge without invoice",
        "missing account",
        "late usage",
        "rounding",
        "restatement of September 2026",
    }


def test_before_the_last_two_months_invoices_differ_by_tax_and_rounding_alone(year: Made) -> None:
    for fact in told(year):
        if fact["question"]["period"] < "2026-09" and "FX" not in fact["answer"]["buckets"]:
            assert fact["answer"]["buckets"].keys() <= {"tax outside the data", "rounding"}
            assert fact["answer"]["unexplained"] == "0"


def test_one_invoice_is_in_dollars_for_charges_in_euros_at_the_month_end_rate(year: Made) -> None:
    (fact,) = [one for one in told(year) if "FX" in one["answer"]["buckets"]]
    answer, question = fact["answer"], fact["question"]
    assert (question["period"], answer["BillingCurrency"]) == ("2026-08", "USD")
    mine = [row for row in year.rows if row["InvoiceId"] == question["InvoiceId"]]
    assert {row["BillingCurrency"] for row in mine} == {"EUR"}
    charged = total(row["BilledCost"] for row in mine)
    lines = (year.folder / "rates.csv").read_text("utf-8").splitlines()[1:]
    cells = [line.split(",") for line in lines]
    rates = {kind: Decimal(rate) for *_, kind, period, _, rate in cells if period == "2026-08"}
    assert Decimal(answer["billed"]) == charged * rates["average"]
    fx = charged * (rates["month-end"] - rates["average"])
    assert Decimal(answer["buckets"]["FX"]) == fx
    assert answer["unexplained"] == "0"

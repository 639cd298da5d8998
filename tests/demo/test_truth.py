from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_a_question_is_asked_as_the_command_line_asks_it(year: Made) -> None:
    for subject, facts in year.truth["facts"].items():
        assert facts, subject
        for fact in facts:
            assert set(fact) == {"question", "answer"}
            assert fact["question"]["axis"] in {"billing", "charge"}


def test_what_is_told_in_the_reporting_currency_is_each_currency_at_its_rate(year: Made) -> None:
    lines = (year.folder / "rates.csv").read_text("utf-8").splitlines()[1:]
    lines = [line for line in lines if ",daily," not in line]
    rates = {("USD", line.split(",")[3]): Decimal(1) for line in lines}
    for line in lines:
        source, _, kind, period, _, number = line.split(",")
        if kind == "average":
            rates[source, period] = Decimal(number)
    for axis in ("billing", "charge"):
        found: dict[str, Decimal] = defaultdict(Decimal)
        for fact in year.facts("teams", axis=axis, currency="billing"):
            period = fact["question"]["period"]
            for row in fact["answer"]["rows"]:
                rate = rates[row["BillingCurrency"], period]
                found[period] += Decimal(row["EffectiveCost"]) * rate
        for fact in year.facts("teams", axis=axis, currency="USD"):
            told = Decimal(fact["answer"]["total"]["EffectiveCost"])
            assert told == found[fact["question"]["period"]]


def test_tag_coverage_is_told_by_spend_and_by_count(year: Made) -> None:
    fact = year.facts("tag_coverage", axis="charge", period="2026-10", tag_key="team")[0]
    states = {(row["BillingCurrency"], row["state"]) for row in fact["answer"]["rows"]}
    assert states == {(c, s) for c in ("USD", "EUR") for s in ("tagged", "untagged")}
    counted = sum(int(row["Charges"]) for row in fact["answer"]["rows"])
    assert counted == sum(
        row["ChargeCategory"] == "Usage"
        and row["CommitmentDiscountStatus"] != "Unused"
        and f"{row['ChargePeriodStart']:%Y-%m}" == "2026-10"
        for row in year.rows
    )


def test_quantities_are_told_by_unit(year: Made) -> None:
    fact = year.facts("quantities", axis="charge", period="2026-09")[0]
    told = {row["ConsumedUnit"]: row["ConsumedQuantity"] for row in fact["answer"]["rows"]}
    hours = total(
        row["ConsumedQuantity"]
        for row in year.rows
        if row["ConsumedUnit"] == "Hours" and f"{row['ChargePeriodStart']:%Y-%m}" == "2026-09"
    )
    assert Decimal(told["Hours"]) == hours


def test_resources_are_counted_once(year: Made) -> None:
    where = ["ProviderName=AWS"]
    fact = year.facts("resources", axis="billing", period="2026-10", where=where)[0]
    found = {
        row["ResourceId"]
        for row in year.rows
        if row["ProviderName"] == "AWS" and f"{row['BillingPeriodStart']:%Y-%m}" == "2026-10"
    }
    assert fact["answer"]["total"] == {"Resources": str(len(found - {None}))}

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_used_and_unused_are_what_was_committed_to_the_last_digit(three_seeds: Made) -> None:
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in three_seeds.rows:
        if row["CommitmentDiscountStatus"]:
            period = f"{row['ChargePeriodStart']:%Y-%m}"
            found[row["CommitmentDiscountId"], period] += row["EffectiveCost"]
    for fact in three_seeds.facts("commitments"):
        name = fact["question"]["where"][0].removeprefix("CommitmentDiscountId=")
        key, answer = (name, fact["question"]["period"]), fact["answer"]
        told = total(Decimal(text) for text in answer["total"].values())
        assert found.get(key, Decimal(0)) == Decimal(answer["committed"]), key
        assert told == Decimal(answer["committed"])


def test_every_day_of_a_running_commitment_adds_up_to_the_same(year: Made) -> None:
    days: dict[str, dict[object, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in year.rows:
        if row["CommitmentDiscountStatus"]:
            day = row["ChargePeriodStart"]
            days[row["CommitmentDiscountName"]][day] += row["CommitmentDiscountQuantity"]
    assert len(days) == 6
    assert all(len(set(found.values())) == 1 for found in days.values())


def test_a_commitment_that_ran_its_whole_term_here_cost_what_was_paid(year: Made) -> None:
    """The EUR reservation of one year ends inside the months; all others run on."""
    name = "d16s-v5-1y-2"
    rows = [row for row in year.rows if row["CommitmentDiscountName"] == name]
    used = total(row["EffectiveCost"] for row in rows)
    daily = Decimal("0.4625") * 22 * 24
    assert used == daily * len({row["ChargePeriodStart"] for row in rows})


def test_purchases_are_in_the_data_only_from_the_first_month_on(year: Made) -> None:
    bought = {
        row["CommitmentDiscountName"]: row["ChargeFrequency"]
        for row in year.rows
        if row["CommitmentDiscountId"] and row["ChargeCategory"] == "Purchase"
    }
    assert "databases-3y-r6g-4xlarge" not in bought
    assert bought["d16s-v5-1y-3"] == "One-Time"
    assert bought["compute-3y-no-upfront"] == "Recurring"
    frequencies = [
        row["ChargeFrequency"]
        for row in year.rows
        if row["CommitmentDiscountName"] == "payments-1y-r7i-16xlarge"
        and row["ChargeCategory"] == "Purchase"
    ]
    assert sorted(set(frequencies)) == ["One-Time", "Recurring"]
    assert frequencies.count("One-Time") == 1


def test_unused_commitment_belongs_to_whoever_bought_it(year: Made) -> None:
    accounts = {
        (row["CommitmentDiscountName"], row["SubAccountName"])
        for row in year.rows
        if row["CommitmentDiscountStatus"] == "Unused"
    }
    assert accounts >= {
        ("compute-1y-no-upfront", "shared-cluster-apollo"),
        ("payments-1y-r7i-16xlarge", "payments-prod"),
        ("d16s-v5-1y-3", "delivery-prod"),
    }


def test_some_usage_is_covered_in_part(year: Made) -> None:
    days = defaultdict(set)
    for row in year.rows:
        if row["ServiceName"] == "Amazon Elastic Compute Cloud" and row["ConsumedQuantity"]:
            days[row["ResourceId"], row["ChargePeriodStart"]].add(row["PricingCategory"])
    assert {"Committed", "Standard"} in days.values()

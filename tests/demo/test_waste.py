from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made

START = "2026-10-02"
"""The first of the last 30 days."""


def test_the_cost_of_planted_waste_is_what_its_charges_add_up_to(three_seeds: Made) -> None:
    facts = {
        one["answer"]["resource"]: one["answer"]
        for one in three_seeds.facts("waste", axis="charge")
        if one["answer"]["rule"] in {"aws-idle-address", "aws-unattached-disk", "aws-idle-machine"}
    }
    assert len(facts) == 9
    for resource, told in facts.items():
        rows = [
            row
            for row in three_seeds.delivered
            if row["ResourceId"] == resource and f"{row['ChargePeriodStart']:%Y-%m-%d}" >= START
        ]
        assert Decimal(told["cost"]) == total(row["EffectiveCost"] for row in rows)
        assert (told["days"], told["to_the_end"]) == (30, True)


def test_what_goes_away_is_a_part_of_the_cost(three_seeds: Made) -> None:
    for fact in three_seeds.facts("waste"):
        told = fact["answer"]
        if told["gross"] is not None:
            assert 0 <= Decimal(told["net"]) <= Decimal(told["gross"]) <= Decimal(told["cost"])


def test_nothing_is_both_waste_and_nearly_so(three_seeds: Made) -> None:
    waste, near = (
        {(one["answer"]["resource"], one["answer"]["rule"]) for one in three_seeds.facts(name)}
        for name in ("waste", "near_waste")
    )
    assert waste
    assert near
    assert not waste & near

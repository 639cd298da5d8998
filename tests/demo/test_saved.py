from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made

VERDICTS = {
    "saved",
    "came back",
    "counted already for another saving",
    "replaced under another name",
}


def test_every_way_in_which_a_claim_ends_is_planted(three_seeds: Made) -> None:
    facts = three_seeds.facts("savings")
    assert {one["answer"]["verdict"] for one in facts} == VERDICTS
    back = [one for one in facts if one["answer"]["verdict"] == "came back"]
    assert len(back) == 2


def test_only_what_was_saved_has_an_effect(three_seeds: Made) -> None:
    for fact in three_seeds.facts("savings"):
        saved = fact["answer"]["verdict"] == "saved"
        assert (Decimal(fact["answer"]["effect"]) > 0) == saved


def test_the_effect_is_about_what_the_bill_fell_by(year: Made) -> None:
    """Of what was switched off nothing is billed; it cost as much a day as it is said to save."""
    (fact, _) = year.facts("savings", saving="sessions")
    gone = set(fact["answer"]["resources"])
    rows = [row for row in year.delivered if row["ResourceId"] in gone]
    assert {f"{row['ChargePeriodStart']:%Y-%m}" for row in rows} == {"2026-07"}
    before, effect = total(row["EffectiveCost"] for row in rows), Decimal(fact["answer"]["effect"])
    assert abs(before - effect) < effect * Decimal("0.03")

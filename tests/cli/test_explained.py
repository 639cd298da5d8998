"""`query --explain`: the variance as a document, and as people read it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.faults import bill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops

WORDS = ("query", "--measure", "EffectiveCost", "--period", "2026-05", "--explain")


@pytest.fixture
def two_months(finops: Finops, tmp_path: Path) -> Finops:
    """A bill that rises from April to May."""
    assert finops("init").code == 0
    for month, cost in ((4, "1.10"), (5, "2.20")):
        file = bill.bill(tmp_path / f"{month}.csv", charges=30, cost=cost, month=month)
        assert finops("import", str(file)).code == 0
    return finops


def test_the_steps_lead_from_the_period_before_to_this_one(two_months: Finops) -> None:
    document = two_months(*WORDS, "--json").document
    found = document["variance"]
    assert found["before"] == {"from": "2026-04-01", "to": "2026-05-01"}
    assert found["end"] == document["total"]["EffectiveCost"]
    change = Decimal(found["end"]) - Decimal(found["start"])
    assert sum(Decimal(step["amount"]) for step in found["steps"]) == change
    assert {step["step"] for step in found["steps"]} == {"days", "volume", "negotiated/list price"}
    assert found["by"] == []
    assert found["sentence"].startswith("May 2026 cost 151.00 USD, 33.00 USD (28.0 %) more than")


def test_every_number_of_the_sentence_is_in_its_lines(two_months: Finops) -> None:
    found = two_months(*WORDS, "--json").document["variance"]
    names = " ".join(line["name"] for line in found["lines"])
    shown = {abs(Decimal(line[k])) for line in found["lines"] for k in ("amount", "left")}
    shown |= {abs(Decimal(line["percent"])) for line in found["lines"] if line["percent"]}
    shown |= {Decimal(number) for number in re.findall(r"\d+", names)}
    said = {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", found["sentence"])}
    assert said <= shown


def test_it_is_narrowed_and_told_by_a_dimension(two_months: Finops) -> None:
    words = (*WORDS, "--where", "BillingAccountId=1", "--by", "ResourceId", "--json")
    found = two_months(*words).document["variance"]
    assert Decimal(found["end"]) == 76
    assert found["by"][0]["ResourceId"] == "r-0"
    for part in found["by"]:
        change = Decimal(part["end"]) - Decimal(part["start"])
        assert sum(Decimal(step["amount"]) for step in part["steps"]) == change


def test_people_read_a_sentence_and_a_table(two_months: Finops) -> None:
    answer = two_months(*WORDS)
    assert "May 2026 cost 151.00 USD" in answer.out
    assert "Left to explain" in answer.out
    assert "negotiated/list price" in answer.out


def test_without_a_period_or_a_measure_of_money_there_is_nothing_to_explain(
    two_months: Finops,
) -> None:
    for words in (
        ("--measure", "EffectiveCost"),
        ("--measure", "Charges", "--period", "2026-05"),
        ("--measure", "EffectiveCost", "--measure", "ListCost", "--period", "2026-05"),
    ):
        answer = two_months("query", *words, "--explain")
        assert answer.code == 2, words
        assert answer.err.count("\n") == 1

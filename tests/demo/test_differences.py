from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_numbers_of_every_source_are_planted_one_of_them_without_a_reason(year: Made) -> None:
    facts = year.truth["facts"]["numbers"]
    sets = [fact["answer"]["sets"] for fact in facts]
    assert {fact["question"]["from"] for fact in facts} == {"console", "ledger", "team", "deck"}
    assert [] in sets
    assert any(len(each) > 1 for each in sets)
    assert max(len(one) for each in sets for one in each) > 1


def test_a_planted_number_is_what_the_files_come_to(year: Made) -> None:
    """The list price of October, row by row, at its average rates."""
    (fact,) = (
        fact for fact in year.truth["facts"]["numbers"] if fact["answer"]["sets"] == [["basis"]]
    )
    lines = (line.split(",") for line in (year.folder / "rates.csv").read_text().splitlines())
    rates = {
        line[0]: Decimal(line[-1])
        for line in lines
        if "average" in line and "2026-10" in line and line[1] == "USD"
    }
    listed = total(
        row["ListCost"] * rates.get(row["BillingCurrency"], Decimal(1))
        for row in year.rows
        if f"{row['ChargePeriodStart']:%Y-%m}" == "2026-10"
    )
    assert Decimal(fact["question"]["amount"]) == round(listed, 2)

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


@pytest.fixture
def converted(loaded: Finops, shared: Path) -> Finops:
    """The month, with rates to tell it in one currency."""
    assert loaded("rates", "add", str(shared / "mini" / "mini_fx.csv")).code == 0
    return loaded


def test_currencies_added_up_without_converting_are_found_out(converted: Finops) -> None:
    asked = ("--period", "2026-04", "--measure", "EffectiveCost", "--json")
    by_currency = converted("query", *asked, "--by", "BillingCurrency").document["rows"]
    nonsense = sum(Decimal(row["EffectiveCost"]) for row in by_currency)
    answer = converted("explain-number", f"{nonsense:.2f}", "--from", "ledger", "--json")
    told = answer.document
    assert answer.code == 0
    assert told["portal"] == converted("query", *asked).document["total"]["EffectiveCost"]
    (step,) = told["steps"]
    assert (step["reason"], step["said"]) == ("FX", "Currencies added up without converting")
    walked = [told["portal"], step["amount"], told["remainder"]]
    assert sum(map(Decimal, walked)) == Decimal(told["given"])
    printed = converted("explain-number", f"{nonsense:.2f}").out
    assert "FX: Currencies added up without converting" in " ".join(printed.split())


def test_what_stays_unexplained_ends_with_1(converted: Finops) -> None:
    answer = converted("explain-number", "987654321.09")
    assert answer.code == 1
    assert "No set of standard differences leads there." in answer.out
    assert "Not explained" in answer.out


def test_what_cannot_be_read_ends_with_2_and_one_line(loaded: Finops) -> None:
    for words, said in (
        (("1,2",), "can be read in one way"),
        (("5", "--scope", "serch"), "Perhaps search"),
        (("5", "--from", "dream"), "Sources: console, portal, ledger, deck, team"),
        (("5", "--basis", "paid"), "effective or billed"),
        (("5", "--period", "April"), "YYYY-MM"),
    ):
        answer = loaded("explain-number", *words)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err
        assert answer.err.count("\n") == 1


def test_without_a_charge_there_is_nothing_to_compare_with(finops: Finops) -> None:
    finops("init")
    answer = finops("explain-number", "5")
    assert answer.code == 2
    assert "finops import" in answer.err

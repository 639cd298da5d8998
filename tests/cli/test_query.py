from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_a_team_costs_one_amount_by_bill_and_another_by_use(loaded: Finops, shared: Path) -> None:
    loaded("rates", "add", str(shared / "mini" / "mini_fx.csv"))
    words = ("query", "--measure", "EffectiveCost", "--by", "team", "--period", "2026-04", "--json")
    for axis, amount in (("billing", "951.5"), ("charge", "980")):
        document = loaded(*words, "--axis", axis).document
        search = next(row for row in document["rows"] if row["team"] == "search")
        assert document["axis"] == axis
        assert Decimal(search["EffectiveCost"]) == Decimal(amount)


def test_all_of_it_in_the_reporting_currency_at_the_rate_that_was_brought(
    loaded: Finops, shared: Path
) -> None:
    loaded("rates", "add", str(shared / "mini" / "mini_fx.csv"))
    document = loaded("query", "--measure", "EffectiveCost", "--json").document
    assert document["currency"] == "USD"
    assert Decimal(document["total"]["EffectiveCost"]) == Decimal("2520.60")
    assert document["receipt"]["rates"] == ["EUR to USD 2026-04: 1.1 (average)"]


def test_the_rate_is_chosen_and_told(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    lines = ("average,2026-03,1.05", "average,2026-04,1.10", "month-end,2026-04,1.20")
    file.write_text("\n".join(["From,To,Kind,Period,Rate", *(f"EUR,USD,{x}" for x in lines)]))
    loaded("rates", "add", str(file))
    words = ("query", "--measure", "EffectiveCost", "--axis", "billing", "--json")
    for more, kind, month, rate in (
        ((), None, None, "1.1"),
        (("--rate", "month-end"), "month-end", None, "1.2"),
        (("--constant", "2026-03"), None, "2026-03", "1.05"),
        (("--rate", "average", "--constant", "2026-03"), "average", "2026-03", "1.05"),
    ):
        document = loaded(*words, *more).document
        assert (document["rate"], document["constant"]) == (kind, month)
        assert f": {rate} (" in document["receipt"]["rates"][0]
        amount = Decimal("1675.8") + 768 * Decimal(rate)
        assert Decimal(document["total"]["EffectiveCost"]) == amount


def test_a_rate_that_is_not_there_or_would_be_idle_is_refused(loaded: Finops, shared: Path) -> None:
    loaded("rates", "add", str(shared / "mini" / "mini_fx.csv"))
    for words, said in (
        (("--rate", "contract"), "There is no contract rate from EUR to USD for 2026-04."),
        (("--constant", "2026-01"), "There is no rate from EUR to USD for 2026-01."),
        (("--rate", "spot"), "There is no rate 'spot' to convert at."),
        (("--rate", "average", "--currency", "billing"), "Nothing is converted"),
    ):
        answer = loaded("query", "--measure", "EffectiveCost", *words)
        assert answer.code == 2, words
        assert answer.err.startswith(said)


def test_without_a_rate_nothing_is_added_up(loaded: Finops) -> None:
    answer = loaded("query", "--measure", "EffectiveCost")
    assert answer.code == 2
    assert answer.err.startswith("There is no rate from EUR to USD for 2026-04.")
    assert answer.out == ""


def test_each_currency_by_itself_needs_no_rate(loaded: Finops) -> None:
    for words in (("--currency", "billing"), ("--by", "BillingCurrency")):
        document = loaded("query", "--measure", "EffectiveCost", *words, "--json").document
        found = {row["BillingCurrency"]: Decimal(row["EffectiveCost"]) for row in document["rows"]}
        assert found == {"EUR": Decimal(768), "USD": Decimal("1675.8")}
        assert document["total"] == {"EffectiveCost": None}


def test_two_axes_at_once_need_a_choice(loaded: Finops) -> None:
    words = ("query", "--measure", "BilledCost", "--measure", "EffectiveCost")
    answer = loaded(*words, "--currency", "billing")
    assert answer.code == 2
    assert "--axis" in answer.err
    assert loaded(*words, "--axis", "billing", "--currency", "billing").code == 0


def test_what_nobody_owns_is_a_row(loaded: Finops) -> None:
    words = ("--by", "x_Team", "--where", "BillingCurrency=USD", "--json")
    document = loaded("query", "--measure", "EffectiveCost", *words).document
    assert "UNALLOCATED" in {row["x_Team"] for row in document["rows"]}


def test_days_months_and_periods_that_are_none_are_refused(loaded: Finops) -> None:
    for words in (
        ("--from", "1 April"),
        ("--period", "2026-13"),
        ("--axis", "sideways"),
        ("--grain", "fortnight"),
        ("--from", "2026-04-02", "--to", "2026-04-01"),
        ("--where", "ServiceName"),
        ("--as-of", "99"),
    ):
        answer = loaded("query", "--measure", "Charges", *words)
        assert answer.code == 2, words
        assert answer.err.count("\n") == 1, words


def test_a_measure_that_is_none_is_answered_with_those_that_are(loaded: Finops) -> None:
    answer = loaded("query", "--measure", "Spend")
    assert answer.code == 2
    assert "BilledCost" in answer.err


def test_an_old_snapshot_still_answers_as_it_did(loaded: Finops, shared: Path) -> None:
    words = ("query", "--measure", "Charges", "--json")
    loaded("import", str(shared / "focus10-sample" / "focus_sample.csv"))
    assert loaded(*words, "--as-of", "1").document["total"]["Charges"] == "17"
    assert loaded(*words).document["total"]["Charges"] == "1017"


def test_people_see_the_total_and_the_snapshot(loaded: Finops) -> None:
    answer = loaded("query", "--measure", "Charges", "--by", "ChargeCategory")
    assert "Total Charges 17" in answer.out
    assert "17 charges" in answer.out

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finops.portal import saved_tables
from finops.savings.ranked import Ranked
from tests.portal.savings_made import made


def test_the_ledger_names_each_saving_with_its_amounts() -> None:
    told = saved_tables.ledger(made().savings, "USD")
    assert told.columns["Saving"] == ["Less S1", "Less S2", "Less S3"]
    assert told.columns["Credited (USD)"] == [Decimal("310.00"), Decimal("200.00"), Decimal("0.00")]
    assert told.columns["of it avoided (USD)"][0] == Decimal("10.00")
    assert told.columns["To sign"][1] == "Oct"


def test_the_funnel_counts_what_came_so_far() -> None:
    told = saved_tables.funnel(made())
    assert told.columns["So far as"][0] == "Identified"
    assert told.columns["Savings"] == [2, 1, 1, 1, 1]
    assert told.columns["In 30 days (USD)"][-1] == Decimal("300.00")


def test_what_came_back_is_told_with_what_is_taken_back() -> None:
    told = saved_tables.regressions(made())
    assert told.columns["Saving"] == ["Less S2"]
    assert told.columns["Taken back (USD)"] == [Decimal("-110.00")]


def test_what_was_signed_adds_up_to_the_credit() -> None:
    told = saved_tables.signed(made().savings[0])
    parts = ("Adjusted baseline (USD)", "Billed (USD)", "Credited (USD)")
    adjusted, billed, credited = (told.columns[name][0] for name in parts)
    assert (adjusted, billed, credited) == (Decimal("310.00"), Decimal("0.00"), Decimal(310))
    assert told.columns["Signed by"] == ["fay"]


def test_fates_are_what_is_verified() -> None:
    told = saved_tables.fates(made())
    assert told.columns["Amount (USD)"] == [Decimal("310.00"), Decimal("200.00")]
    assert set(told.columns["Became"]) == {"not decided yet"}


def test_a_team_is_told_with_its_share_and_what_is_not_known_is_empty() -> None:
    usual: dict[str, Any] = {"credited": Decimal(50), "avoided": Decimal(0)}
    rows = (
        Ranked(team="a", spend=Decimal(400), unit=Decimal("0.0312"), **usual),
        Ranked(team="b", spend=Decimal(0), **usual),
    )
    told = saved_tables.teams(rows, "USD")
    assert told.columns["Of own spend (%)"] == [12.5, None]
    assert told.columns["Unit cost moved (%)"] == [-3.1, None]

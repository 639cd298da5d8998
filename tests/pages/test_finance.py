"""The Finance page: reconciled, booked, accrued; and the journal that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGE = "persona/finance.py"


def test_it_says_first_whether_the_month_is_reconciled_booked_and_accrued(
    visit: Visit, tied: Path
) -> None:
    said = visit(tied, PAGE).markdown[0].value
    assert said.startswith("## **October 2026 is reconciled**; the journal balances")
    assert "not posted yet; nothing is accrued." in said


def test_the_journal_is_there_line_by_line(visit: Visit, tied: Path) -> None:
    at = visit(tied, PAGE)
    lines = next(one.value for one in at.dataframe if "Debit" in one.value)
    assert {"2000", "6100"} <= set(lines["Account"])
    assert lines["Debit"].dropna().sum() == lines["Credit"].dropna().sum()


def test_what_is_not_recharged_is_told_with_what_each_cost_center_lacks(
    visit: Visit, market: Path
) -> None:
    at = visit(market, PAGE, period="2026-05")
    said = " ".join(one.value for one in at.markdown).replace("\\", "")
    assert "**0.0\u00a0% of what is consumed in USD is recharged to cost centers.**" in said
    (waits,) = (one.value for one in at.table if "What is missing" in one.value)
    waits = waits.map(lambda text: text.replace("\\", ""))
    assert list(waits["Cost center"]) == ["CC-1 One", "CC-2 Two"]
    assert "CC-1 has not agreed to April 2026, May 2026" in waits["What is missing"][0]

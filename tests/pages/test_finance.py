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
    assert {"2000", "6100", "6900"} <= set(lines["Account"])
    assert lines["Debit"].dropna().sum() == lines["Credit"].dropna().sum()

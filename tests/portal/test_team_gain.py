from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.organization import EMPTY
from finops.portal import desk
from finops.portal import team_gain
from finops.savings.credit import Line
from finops.savings.credit import TEAM

if TYPE_CHECKING:
    import pytest

LINE = Line(
    entry="E1", saving="S1", month="2026-09", booked="2026-10", account=TEAM, name="search",
    person="", debit=Decimal(0), credit=Decimal("12.345"), avoided=Decimal(0), currency="USD",
    memo="", actor="", at="",
)  # fmt: skip


def test_each_credit_says_for_what_of_which_month_and_whose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk, "organization", lambda: EMPTY)
    table = team_gain.table([LINE], {"S1": "Switch it off"}, "USD")
    assert list(table.columns["Saving"]) == ["Switch it off"]
    assert list(table.columns["Saved in"]) == ["Sep 2026"]
    assert list(table.columns["Stands in"]) == ["Oct 2026"]
    assert "Credited (USD)" in table.columns

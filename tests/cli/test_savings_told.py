from __future__ import annotations

from io import StringIO

from rich.console import Console

from finops.cli.savings_told import listed
from finops.cli.savings_told import show
from finops.savings.credit import NONE
from finops.savings.report import Report
from finops.savings.report import Standing
from finops.savings.saving import Kind
from finops.savings.saving import Saving


def told(*teams: str) -> Report:
    savings = tuple(
        Saving(key=f"S{place}", title=f"Less {team}", kind=Kind.RIGHTSIZE, scope="x", team=team)
        for place, team in enumerate(teams, start=1)
    )
    standings = tuple(Standing(saving=one, credited=NONE) for one in savings)
    return Report(currency="USD", savings=standings, lines=(), fates=())


def shown(found: Report, team: str = "") -> list[str]:
    """What is printed, line by line."""
    text = StringIO()
    show(Console(file=text, width=200), found, team)
    return text.getvalue().splitlines()


def test_a_team_is_told_its_own_savings() -> None:
    found = told("search", "data")
    assert "S1" in str(listed(found, "")["savings"])
    assert "S1" not in str(listed(found, "data")["savings"])
    text = "\n".join(shown(found, "data"))
    assert "Less data" in text
    assert "Less search" not in text


def test_what_is_verified_is_said_first() -> None:
    lines = shown(told())
    assert lines[0].startswith("0.00 USD is verified: 0.00 less cost, 0.00 avoided. 0 savings wait")
    assert lines[1] == "No saving is proposed yet."

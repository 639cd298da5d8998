"""Statements on the pages, as their owners and finance use them: accepted, disputed, answered."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from finops.operations.disputes import disputes_of
from finops.operations.entries import log_of
from tests.pages.test_allocation import table
from tests.pages.test_allocation import words

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

ALLOCATION, FINANCE = "inform/allocation.py", "persona/finance.py"
INES, KENJI = "Ines Moreau", "Kenji Watanabe"


@pytest.fixture
def own(market: Path, tmp_path: Path) -> Path:
    """The market, to write in."""
    return shutil.copytree(market, tmp_path / "own")


@pytest.fixture
def seen(visit: Visit, own: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A page of May, as somebody opens it."""

    def open_page(who: str, page: str = ALLOCATION) -> AppTest:
        monkeypatch.setenv("FINOPS_AS", who)
        at = visit(own, page, period="2026-05")
        assert not at.exception
        return at

    return open_page


def click(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def fill(at: AppTest, kind: str, label: str, value: str) -> None:
    next(one for one in getattr(at, kind) if one.label == label).set_value(value)


def done(at: AppTest) -> str:
    """What the page says was done."""
    (said,) = at.success
    return said.value.replace("\\", "")


def disputed(at: AppTest, reason: str = "half of it is of data") -> AppTest:
    """The direct cost of search disputed, with a rule that gives its machines to data."""
    fill(at, "selectbox", "Line", "Direct cost")
    fill(at, "text_area", "Why is it wrong?", reason)
    fill(at, "selectbox", "Who should bear it?", "data")
    fill(at, "selectbox", "Charges whose", "service")
    fill(at, "text_input", "is", "VM")
    return click(at, "Dispute this line")


def test_a_lead_sees_the_own_statement_first(seen: Visit) -> None:
    told = words(seen(KENJI))
    assert "data bears 40.00 USD of May 2026**, 0.00 USD to April 2026." in told
    assert "It waits for Kenji Watanabe; silence accepts it after 13 Jun 2026." in told
    assert "Not to be charged back yet: data has not agreed to April 2026, May 2026" in told


def test_its_lines_add_up_beside_the_month_before(seen: Visit) -> None:
    lines = table(seen(KENJI), "Line")
    assert lines["Line"] == ["Direct cost", "Total"]
    assert lines["May 2026 (USD)"] == lines["April 2026 (USD)"] == [40, 40]


def test_a_statement_is_accepted_once_and_then_says_so(seen: Visit) -> None:
    at = click(seen(INES), "Accept this statement")
    assert done(at) == "search: the statement of May 2026 is accepted."
    assert "Ines Moreau accepted it on" in words(at)
    assert "Accept this statement" not in [button.label for button in at.button]


def test_a_cost_center_has_its_name_and_its_own_word(seen: Visit) -> None:
    at = seen(INES)
    next(one for one in at.button_group if one.label == "By").set_value("x_CostCenter").run()
    assert "CC-1 One bears 60.00 USD" in words(at)
    assert "CC-1 One: the statement" in done(click(at, "Accept this statement"))


def test_a_line_is_disputed_with_a_rule_and_its_preview_adds_up_to_nothing(
    seen: Visit, own: Path
) -> None:
    at = disputed(seen(INES))
    assert "is on the record; data is asked." in done(at)
    assert "A line of it is disputed." in words(at)
    moved = table(at, "Team")
    assert moved["Team"] == ["data", "search"]
    assert moved["April 2026 (USD)"] == moved["May 2026 (USD)"] == [60, -60]
    workspace = open_workspace(own)
    (kept,) = disputes_of(log_of(workspace))
    workspace.close()
    assert (kept.line, kept.to, kept.reason) == ("Direct cost", "data", "half of it is of data")


def test_the_other_owner_answers_on_the_same_page(seen: Visit) -> None:
    disputed(seen(INES))
    at = seen(KENJI)
    next(one for one in at.radio if one.label == "Answer").set_value("refused")
    fill(at, "text_input", "Why?", "search runs them")
    assert done(click(at, "Answer")).endswith("is refused.")
    assert "**Refused** by Kenji Watanabe: search runs them" in words(at)


def test_without_a_reason_nothing_is_disputed(seen: Visit) -> None:
    at = disputed(seen(INES), reason=" ")
    assert "Why is the line wrong?" in at.error[0].value.replace("\\", "")
    assert "It waits for Ines Moreau" in words(at)


def test_finance_sees_who_has_agreed_and_what_a_chargeback_waits_for(seen: Visit) -> None:
    click(seen(INES), "Accept this statement")
    at = seen("ada", FINANCE)
    assert "1 of 4 teams and cost centers have agreed to what they bear** of May 2026" in words(at)
    found = table(at, "Standing")
    assert found["Team or cost center"] == ["search", "data", "CC-1 One", "CC-2 Two"]
    assert found["Standing"] == ["accepted", "waiting", "waiting", "waiting"]
    assert found["Yet to agree to"][:2] == ["Apr 2026", "Apr, May 2026"]

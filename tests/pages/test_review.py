"""The review page: prepared, held and closed through the menu, with nobody's words lost."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.workspace import open_workspace
from finops.operations import commentary
from finops.operations import preparing
from finops.operations.actions import Action
from finops.operations.commentary import Commentary
from finops.operations.entries import history
from finops.operations.entries import log_of
from finops.operations.review import begin_series
from finops.operations.review import Series
from tests.operations.room import by
from tests.pages.bills import HOSTILE
from tests.pages.bills import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

REVIEW = "together/review.py"


def click(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()


def prepared(three_months: Path, own: Path) -> Path:
    """A copy of the three months with a review of October, prepared; ml and search are asked."""
    workspace = open_workspace(shutil.copytree(three_months, own))
    begin_series(workspace.store, **by(), entry=Series(name="Review", band_amount=Decimal(1)))
    preparing.plan(workspace, day=date(2026, 11, 24), today=TODAY, call=by())
    workspace.close()
    return own


def test_it_opens_with_the_day_and_what_waits(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    at = visit(prepared(three_months, tmp_path / "own"), REVIEW)
    first = at.markdown[0].value
    assert "The October review is on 24 Nov" in first
    assert "2 requests unanswered" in first


def test_two_who_answer_one_request_see_both_texts(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    at = visit(own, REVIEW)
    workspace = open_workspace(own)
    ask = log_of(workspace).of(Commentary)[0]
    theirs = {"cause": f"Bob's {HOSTILE}", "lasting": commentary.Lasting.ONE_OFF}
    commentary.answer(workspace.store, **by("Bob"), entry=ask.model_copy(update=theirs))
    at.text_area[0].input("It grew with orders.")
    at.radio[0].set_value("lasting")
    click(at, "Answer")
    assert "while you were writing" in at.error[0].value
    shown = " ".join(one.value for one in at.markdown)
    assert r"Bob\'s \$x\$" in shown
    assert "It grew with orders" in shown
    assert len(history(workspace, Commentary, ask.key)) == 2
    workspace.close()


def test_an_action_is_agreed_on_and_the_minutes_become_final(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    at = visit(own, REVIEW)
    title = next(one for one in at.text_input if one.label == "What is to be done?")
    title.input(HOSTILE)
    next(one for one in at.text_input if one.label == "Who does it?").input("Ines")
    click(at, "Agree on it")
    assert [one.value for one in at.error] == []
    click(at, "Make the minutes final")
    assert "The minutes are final" in at.success[0].value
    workspace = open_workspace(own)
    assert [one.title for one in log_of(workspace).of(Action)] == [HOSTILE]
    workspace.close()

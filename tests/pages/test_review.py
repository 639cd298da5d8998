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
from finops.operations.comments import Comment
from finops.operations.decisions import decide
from finops.operations.decisions import Decision
from finops.operations.decisions import Kind
from finops.operations.entries import history
from finops.operations.entries import log_of
from finops.operations.review import begin_series
from finops.operations.review import Meeting
from finops.operations.review import Raised
from finops.operations.review import Series
from tests.operations.room import by
from tests.operations.room import decision
from tests.pages.bills import HOSTILE
from tests.pages.bills import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest
    from streamlit.testing.v1.element_tree import TextInput

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
    at.text_area[0].input("It grew with orders.").run()
    at.radio[0].set_value("lasting").run()
    click(at, "Answer")
    assert "while you were writing" in at.error[0].value
    shown = " ".join(one.value for one in at.markdown)
    assert r"Bob\'s \$x\$" in shown
    assert "It grew with orders" in shown
    assert len(history(workspace, Commentary, ask.key)) == 2
    click(at, "Keep the words of both")
    assert [one.value for one in at.error] == []
    kept = log_of(workspace).find(Commentary, ask.key)
    assert kept is not None
    assert kept.cause == f"Bob's {HOSTILE}\nIt grew with orders."
    workspace.close()


def test_an_action_is_agreed_on_and_the_minutes_become_final(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    at = visit(own, REVIEW, phase="Follow up")
    title = next(one for one in at.text_input if one.label == "What is to be done?")
    title.input(HOSTILE).run()
    field(at, "Who does it?").input("Ines").run()
    click(at, "Agree on it")
    assert [one.value for one in at.error] == []
    click(at, "Make the minutes final")
    assert any("The minutes are final" in one.value for one in at.success)
    click(at, "Plan the next meeting")
    assert not at.exception
    assert not at.warning
    assert any("is planned for" in one.value for one in at.success)
    assert "The November review is on 16 Dec" in at.markdown[0].value
    at.run()
    assert "The November review is on 16 Dec" in at.markdown[0].value
    assert any("Why did November" in one.value for one in at.caption)
    workspace = open_workspace(own)
    assert [one.title for one in log_of(workspace).of(Action)] == [HOSTILE]
    workspace.close()


def test_what_was_begun_is_offered_again_in_another_session_and_sent_once(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    first = visit(own, REVIEW, phase="Hold")
    field(first, "Question").input("Do we need both regions?").run()
    field(first, "What was chosen?").input(HOSTILE).run()

    second = visit(own, REVIEW, phase="Hold")
    assert field(second, "Question").value == "Do we need both regions?"
    assert "begun to write is back" in " ".join(one.value for one in second.caption)
    next(one for one in second.radio if one.label == "Kind").set_value("accept").run()
    click(second, "Put it on the record")
    assert [one.value for one in second.error] == []
    assert field(second, "Question").value == ""
    workspace = open_workspace(own)
    assert [one.choice for one in log_of(workspace).of(Decision)] == [HOSTILE]
    workspace.close()


def test_the_room_shows_one_item_and_its_clock_and_goes_on(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    at = visit(prepared(three_months, tmp_path / "own"), REVIEW, phase="Hold")
    assert "in 60 minutes" in " ".join(one.value for one in at.markdown)
    click(at, "Begin the meeting")
    assert any("Item 1 of" in one.value for one in at.caption)
    click(at, "Next item")
    assert any("Item 2 of" in one.value for one in at.caption)


def test_a_comment_is_said_as_it_was_typed(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    at = visit(own, REVIEW)
    next(one for one in at.text_area if one.label.startswith("Comment")).input("@Ines =1+1").run()
    click(at, "Say it")
    assert [one.value for one in at.error] == []
    workspace = open_workspace(own)
    assert [one.text for one in log_of(workspace).of(Comment)] == ["@Ines =1+1"]
    workspace.close()


def field(at: AppTest, label: str) -> TextInput:
    return next(one for one in at.text_input if one.label == label)


def test_what_a_page_shows_is_raised_or_commented_on_from_there(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    at = visit(own, "persona/finance.py")
    field(at, "Which figure?").input(HOSTILE).run()
    next(one for one in at.text_area if one.label.startswith("What of it?")).input("=1+1").run()
    click(at, "Put it on the agenda")
    assert any("on the agenda of 24 Nov 2026" in one.value for one in at.success)
    next(one for one in at.text_area if one.label.startswith("What of it?")).input("@Ann").run()
    click(at, "Only comment")
    assert [one.value for one in at.error] == []
    workspace = open_workspace(own)
    log = log_of(workspace)
    raised, said = log.of(Raised)[0], log.of(Comment)[0]
    workspace.close()
    assert (raised.title, raised.page, raised.figure) == ("=1+1", "Finance", HOSTILE)
    assert raised.scope.startswith("2026-10; EffectiveCost")
    assert (said.text, said.page) == ("@Ann", "Finance")
    assert raised.snapshot == said.snapshot != ""


def test_a_choice_stays_where_somebody_else_writes_it_anew(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    workspace = open_workspace(own)
    held = log_of(workspace).of(Meeting)[0].key
    entry = decision(meeting=held, purpose=Kind.ACCEPT, choice="Keep it")
    key = decide(workspace.store, **by(), entry=entry).key
    at = visit(own, REVIEW, phase="Hold")
    there = log_of(workspace).of(Decision)[0]
    other = there.model_copy(update={"choice": "Keep it a while"})
    decide(workspace.store, **by("Bob"), entry=other)
    next(one for one in at.selectbox if one.label == "Decision").select(key).run()
    assert next(one for one in at.selectbox if one.label == "Decision").value == key
    there = log_of(workspace).of(Decision)[0]
    theirs = there.model_copy(update={"choice": "Keep it until March"})
    decide(workspace.store, **by("Bob"), entry=theirs)
    field(at, "What was chosen?").input("Keep it for ever").run()
    assert next(one for one in at.selectbox if one.label == "Decision").value == key
    click(at, "Put it on the record")
    assert "while you were writing" in at.error[0].value
    click(at, "Keep the words of both")
    assert log_of(workspace).of(Decision)[0].choice == "Keep it until March\nKeep it for ever"
    workspace.close()


def test_before_a_meeting_a_month_is_looked_back_at_and_decided_on(
    visit: Visit, three_months: Path, tmp_path: Path
) -> None:
    own = prepared(three_months, tmp_path / "own")
    at = visit(own, REVIEW)
    assert not at.exception
    assert [one.value for one in at.error] == []
    told = next(one.value for one in at.markdown if "days before" in one.value)
    assert told.startswith("**October 2026 cost ")
    assert "0 events happened" in told
    fields = {one.label: one for one in at.text_input}
    fields["Question"].input("Why twice as much?").run()
    field(at, "What was chosen?").input("Look at it weekly").run()
    kind = [one for one in at.radio if one.label == "Kind"][-1]
    kind.set_value("accept").run()
    click(at, "Put it on the record")
    assert [one.value for one in at.error] == []
    workspace = open_workspace(own)
    assert [one.retrospective for one in log_of(workspace).of(Decision)] == ["all 2026-10"]
    workspace.close()

"""Preparing: the pack is frozen, owners are asked, and a whole meeting runs to its minutes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.errors import Conflict
from finops.errors import EditConflict
from finops.operations import agenda
from finops.operations import commentary
from finops.operations import minutes
from finops.operations import minutes_text
from finops.operations import outcomes
from finops.operations import preparing
from finops.operations import review
from finops.operations.actions import act
from finops.operations.agenda import Pack
from finops.operations.commentary import Commentary
from finops.operations.decisions import decide
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.operations.minutes import Minutes
from finops.operations.outcomes import Outcome
from finops.operations.outcomes import Result
from tests.invoicing.bill import bring
from tests.invoicing.closable import charge
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import decided
from tests.operations.room import decision
from tests.operations.room import meeting
from tests.operations.room import spring

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

TODAY = date(2026, 6, 24)


@pytest.fixture
def held(opened: Workspace, tmp_path: Path) -> str:
    """A meeting about May, prepared: search's machines fell by 270 of 960."""
    spring(opened, tmp_path / "spring.csv")
    key = meeting(opened, "2026-05", TODAY)
    prepare(opened, key)
    return key


def prepare(opened: Workspace, key: str) -> None:
    found = review.meeting_of(log_of(opened), key)
    preparing.prepare(opened, found, today=TODAY, call=by())


def found(opened: Workspace, key: str) -> agenda.Agenda:
    log = log_of(opened)
    one = review.meeting_of(log, key)
    return agenda.agenda(log, one, series=review.series_of(log, one), today=TODAY)


def test_small_changes_are_accepted_by_default_and_large_ones_ask_their_owner(
    opened: Workspace, held: str
) -> None:
    assert [one.source for one in found(opened, held).by_default] == ["variances"]
    log = log_of(opened)
    series = log.of(review.Series)[0].model_copy(update={"band_amount": Decimal(100)})
    review.begin_series(opened.store, **by(), entry=series)
    prepare(opened, held)
    asked = log_of(opened).of(Commentary, held)
    assert [(one.team, one.start, one.due) for one in asked] == [
        ("search", Decimal(960), date(2026, 6, 22))
    ]
    items = found(opened, held).items
    assert items[0].source == "commentary"
    assert [one.source for one in items].count("variances") == 0
    assert sum(one.minutes for one in items) == 60
    prepare(opened, held)
    assert len(log_of(opened).of(Commentary, held)) == 1

    said = asked[0].model_copy(
        update={"cause": "fewer machines", "lasting": commentary.Lasting.LASTING}
    )
    commentary.answer(opened.store, **by("Ines"), entry=said)
    assert "commentary" not in {one.source for one in found(opened, held).items}


def test_later_charges_do_not_move_the_pack(opened: Workspace, held: str, tmp_path: Path) -> None:
    before = log_of(opened).find(Pack, held)
    more = charge("5000", "2026-06", ResourceId="r-9", InvoiceId="x")
    bring(opened, tmp_path / "more.csv", [more])
    assert log_of(opened).find(Pack, held) == before


def test_a_decision_is_scored_on_the_month_after_it_was_due(
    opened: Workspace, tmp_path: Path
) -> None:
    spring(opened, tmp_path / "spring.csv")
    first = meeting(opened)
    due = date(2026, 4, 30)
    for expected in (-300, -900, -3000):
        decided(opened, first, due=due, expected=Decimal(expected))
    second = meeting(opened, "2026-05", TODAY)
    scored = preparing.score(opened, meeting=second, today=TODAY, call=by(key="k"))
    # 630 in the 31 days of May against 900 in the 30 of April: 30 a day, 930 in May.
    assert [(one.result, int(one.effect)) for one in scored] == [
        (Result.HIT, -300), (Result.PARTIAL, -300), (Result.MISS, -300)]  # fmt: skip
    assert outcomes.tally(scored) == "1 hit, 1 partial, 1 miss"
    assert scored[1].error == 600
    assert preparing.score(opened, meeting=second, today=TODAY, call=by(key="k")) == ()
    assert [one.share for one in outcomes.rates(log_of(opened), lambda one: one.team)] == [None]
    assert len(log_of(opened).of(Outcome, second)) == 3


def test_what_is_not_due_or_superseded_is_not_scored(opened: Workspace, tmp_path: Path) -> None:
    spring(opened, tmp_path / "spring.csv")
    first = meeting(opened)
    old = decided(opened, first, due=date(2026, 4, 30))
    decided(opened, first, due=date(2026, 5, 2), supersedes=old)
    decided(opened, first, due=date(2026, 4, 30), review_day=date(2027, 1, 1))
    assert preparing.score(opened, meeting=first, today=TODAY, call=by()) == ()


def test_an_investment_that_costs_far_more_is_a_miss() -> None:
    invest = decision(purpose="invest", expected=Decimal(100))
    judged = [outcomes.judge(invest, Decimal(effect)) for effect in (95, 50, 10, 200)]
    assert judged == [Result.HIT, Result.PARTIAL, Result.MISS, Result.MISS]


def test_minutes_are_final_and_nothing_of_the_meeting_is_edited_after_them(
    opened: Workspace, held: str
) -> None:
    hostile = "<script>alert(1)</script> **=1+1** $x$ :red[a]\n# no heading"
    decided(opened, held, question=hostile, dissent="\u202e rtl 😀 | `code`")
    act(opened.store, **by(), entry=action(meeting=held))
    log = log_of(opened)
    lines = minutes_text.body(log, review.meeting_of(log, held), today=TODAY)
    call = {**by(), "meeting": held, "today": TODAY}
    with pytest.raises(Conflict, match="since you looked"):
        minutes.close(opened.store, **call, seen="old")
    done = minutes.close(opened.store, **call, seen=minutes.digest(lines))
    kept = log_of(opened).of(Minutes)[0]
    assert kept.sha256 == done.sha256
    assert kept.head in kept.markdown
    assert "<script>" not in kept.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **=1+1** $x$ :red[a] # no heading" in kept.html
    assert "http" not in kept.html


def test_after_the_minutes_only_actions_go_on_and_a_later_decision_supersedes(
    opened: Workspace, held: str
) -> None:
    key = decided(opened, held)
    call = {**by(), "meeting": held, "today": TODAY}
    minutes.close(opened.store, **call, seen="")
    kept = log_of(opened).of(Minutes)[0]
    seen = log_of(opened).find(Decision, key)
    assert seen
    with pytest.raises(Conflict, match="are final"):
        decide(opened.store, **by(), entry=seen.model_copy(update={"choice": "No"}))
    with pytest.raises(Conflict, match="are final"):
        minutes.close(opened.store, **call, seen="")
    with pytest.raises(Conflict, match="are final"):
        prepare(opened, held)
    act(opened.store, **by(), entry=action(meeting=held, title="Follow up"))
    later = meeting(opened, "2026-06", date(2026, 7, 24))
    new = decide(opened.store, **by(), entry=decision(meeting=later, supersedes=key))
    assert log_of(opened).of(Minutes)[0] == kept
    assert new.key != key


def test_a_request_that_two_answer_keeps_both_answers(opened: Workspace, held: str) -> None:
    ask = Commentary(meeting=held, team="t", month="2026-05", due=TODAY, key="C1.1",
                     change=Decimal(1), start=Decimal(1), currency="USD",
                     cause="x", lasting=commentary.Lasting.ONE_OFF)  # fmt: skip
    commentary.answer(opened.store, **by(), entry=ask)
    with pytest.raises(EditConflict):
        commentary.answer(opened.store, **by("Bob"), entry=ask)

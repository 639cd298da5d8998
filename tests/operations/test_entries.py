"""Entries: an edit holds only if its writer saw the newest version, and minutes end editing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.errors import Conflict
from finops.errors import EditConflict
from finops.operations.actions import act
from finops.operations.actions import Action
from finops.operations.decisions import decide
from finops.operations.decisions import Decision
from finops.operations.entries import history
from finops.operations.entries import log_of
from finops.records import audit
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import decision

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_what_is_written_is_read_back_with_who_and_when(opened: Workspace) -> None:
    kept = decide(opened.store, **by("Ann"), entry=decision())
    found = log_of(opened).find(Decision, kept.key)
    assert found
    assert (found.by, found.version, found.at[:10]) == ("Ann", kept.version, "2026-06-24")
    assert found.words() == decision().words()


def test_whoever_saw_an_older_version_gets_both_texts_and_writes_nothing(opened: Workspace) -> None:
    kept = decide(opened.store, **by(), entry=decision())
    seen = log_of(opened).of(Decision)[0]
    mine = seen.model_copy(update={"choice": "Halve it"})
    decide(opened.store, **by("Bob"), entry=seen.model_copy(update={"choice": "Keep it"}))
    with pytest.raises(EditConflict, match="Bob wrote decision") as caught:
        decide(opened.store, **by("Ann"), entry=mine)
    assert caught.value.theirs["choice"] == "Keep it"
    assert caught.value.yours["choice"] == "Halve it"
    assert [one.choice for one in history(opened, Decision, kept.key)] == [
        "Switch it off",
        "Keep it",
    ]
    assert caught.value.version == log_of(opened).of(Decision)[0].version


def test_an_edit_of_what_is_not_there_is_refused(opened: Workspace) -> None:
    with pytest.raises(EditConflict, match="D9 is not there"):
        decide(opened.store, **by(), entry=decision(key="D9", version=9))


def test_the_same_request_twice_is_one_effect(opened: Workspace) -> None:
    first = act(opened.store, **by(key="k"), entry=action())
    assert act(opened.store, **by(key="k"), entry=action()) == first
    with pytest.raises(Conflict, match="another request"):
        act(opened.store, **by(key="k"), entry=action(title="Another"))
    assert len(log_of(opened).of(Action)) == 1


def test_each_write_is_one_event_of_the_audit_with_both_texts(opened: Workspace) -> None:
    act(opened.store, **by(), entry=action())
    there = log_of(opened).of(Action)[0]
    act(opened.store, **by(), entry=there.model_copy(update={"next_step": "ask Bob"}))
    with opened.store.reading() as session:
        event = audit.find(session, "")
        last = audit.head(session).sequence
        assert audit.verify(session) == ()
    assert event is None
    assert last == 2

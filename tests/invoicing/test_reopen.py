"""A closed month is opened again for a reason and by two people; its seal is kept and chained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from finops.errors import Conflict
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.invoicing import reopen
from finops.records.closings import closed_months
from finops.records.closings import steps
from tests.invoicing import closable
from tests.invoicing.bill import MONTH
from tests.invoicing.closable import back
from tests.invoicing.closable import by
from tests.invoicing.closable import look
from tests.invoicing.closable import shut

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

WHAT = {"month": MONTH, "provider": ""}


@pytest.fixture
def closed(opened: Workspace, tmp_path: Path) -> Workspace:
    closable.prepare(opened, tmp_path / "april.csv")
    shut(opened)
    return opened


def test_it_stays_closed_until_a_second_person_agrees(closed: Workspace) -> None:
    asked = back(closed, "Ann")
    assert asked.state == "closed"
    assert asked.reopening_waits
    with pytest.raises(NotAllowed, match="a second person must agree"):
        back(closed, "Ann")
    assert back(closed, "Bob").state == "reconciled"
    with closed.store.reading() as session:
        assert closed_months(session) == frozenset()


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_opened(closed: Workspace, reason: str) -> None:
    with pytest.raises(UsageError, match="only for a reason"):
        back(closed, "Ann", reason=reason)
    assert look(closed).state == "closed"


def test_the_new_seal_names_the_one_it_replaces(closed: Workspace) -> None:
    old = look(closed).seal
    back(closed, "Ann")
    back(closed, "Bob")
    new = shut(closed)
    assert new != old
    with closed.store.reading() as session:
        bodies = [json.loads(row.body) for row in steps(session) if row.body]
    assert [body["replaces"] for body in bodies] == ["", old]
    assert [body["previous"] for body in bodies] == ["", old]
    assert bodies[0]["figures"] == bodies[1]["figures"]


def test_a_refused_request_leaves_the_month_under_its_seal(closed: Workspace) -> None:
    old = look(closed).seal
    back(closed, "Ann")
    reopen.refuse_reopen(closed.store, **by("Bob"), **WHAT, reason="no need")
    found = look(closed)
    assert (found.state, found.seal, found.reopening_waits) == ("closed", old, False)


def test_only_what_is_closed_is_opened(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    with pytest.raises(Conflict, match="is not closed"):
        back(opened, "Ann")
    with pytest.raises(Conflict, match="is not closed"):
        reopen.request_reopen(opened.store, **by("Ann"), **WHAT, reason="r")
    for command in (reopen.reopen, reopen.refuse_reopen):
        named = {"second": True} if command is reopen.reopen else {"reason": ""}
        with pytest.raises(Conflict, match="Nobody asks"):
            command(opened.store, **by("Ann"), **WHAT, **named)


def test_asked_twice_it_waits_once(closed: Workspace) -> None:
    back(closed, "Ann")
    with pytest.raises(Conflict, match="Ann has asked to open 2026-04 again: late"):
        reopen.request_reopen(closed.store, **by("Cy"), **WHAT, reason="r")

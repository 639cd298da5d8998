"""However people ask, agree, take back and open again, a month is in one state, as a model says."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.access.workspace import make_workspace
from finops.errors import TieoutError
from finops.errors import UsageError
from finops.invoicing import close
from finops.invoicing import closing
from finops.invoicing import reopen
from finops.records import audit
from finops.records.closings import steps
from tests.invoicing import closable
from tests.invoicing.bill import bring
from tests.invoicing.bill import MONTH
from tests.invoicing.closable import by
from tests.invoicing.closable import look

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

WHAT = {"month": MONTH, "provider": ""}
ACTS = ("request", "withdraw", "approve", "resume", "ask again", "refuse", "reopen")
FLOW = {
    ("", "request"): "closing",
    ("closing", "withdraw"): "withdrawn",
    ("closing", "approve"): "approved",
    ("approved", "resume"): "closed",
    ("closed", "ask again"): "reopening",
    ("reopening", "refuse"): "closed",
    ("reopening", "reopen"): "reopened",
    ("withdrawn", "request"): "closing",
    ("reopened", "request"): "closing",
}
"""What leads from which step to which; everything else is refused and changes nothing."""


def act(workspace: Workspace, what: str, name: str) -> None:
    """Do one thing as one person."""
    call, store = by(name), workspace.store
    if what == "resume":
        close.resume(workspace, at=call["at"])
    elif what in {"approve", "reopen"}:
        command = close.approve if what == "approve" else reopen.reopen
        command(store, **call, **WHAT, second=True)
    else:
        command = {
            "request": close.request,
            "withdraw": close.withdraw,
            "ask again": reopen.request_reopen,
            "refuse": reopen.refuse_reopen,
        }[what]
        command(store, **call, **WHAT, reason="r")


@settings(max_examples=6)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from("AB")), max_size=12))
def test_a_month_goes_only_the_ways_there_are(acts: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder, "w"))
        closable.prepare(workspace, Path(folder, "april.csv"))
        event, asked_by, seals = "", "", 0
        for what, name in acts:
            then = FLOW.get((event, what), "")
            if what in {"approve", "reopen"} and name == asked_by:
                then = ""
            with suppress(TieoutError):
                act(workspace, what, name)
            if then:
                event = then
                asked_by = name if what in {"request", "ask again"} else asked_by
                seals += what == "resume"
            found = look(workspace)
            assert (found.closing.event if found.closing else "") == event
            with workspace.store.reading() as session:
                bodies = [row for row in steps(session) if row.body]
                assert audit.verify(session) == ()
            assert len(bodies) == seals
            assert found.seal in {"", *(row.seal for row in bodies[-1:])}
        workspace.close()


def test_a_month_that_lacks_something_is_not_even_asked_for(
    opened: Workspace, tmp_path: Path
) -> None:
    bring(opened, tmp_path / "april.csv", [closable.charge("10")])
    with pytest.raises(UsageError, match=r"cannot be closed yet: Cloud 2026-04: 10.00 USD has no"):
        closable.step(opened, "Ann")
    assert look(opened).closing is None


def test_a_provider_that_bills_nothing_cannot_be_closed(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    with pytest.raises(UsageError, match="Nobody called 'Nobody' bills anything"):
        look(opened, provider="Nobody")


def test_a_closed_month_takes_no_further_step(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    seal = closable.shut(opened)
    assert closable.step(opened, "Cy").seal == seal


def test_one_person_opens_it_again_where_that_is_enough(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    closable.shut(opened)
    alone = closing.Terms(second=False)
    found = look(opened)
    closing.advance_reopening(opened, found, reason="late", terms=alone, call=by("Ann"))
    assert look(opened).state == "reconciled"

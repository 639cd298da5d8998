"""Landed: what was said, where it landed, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.workspace import make_workspace
from finops.operations.actions import act
from finops.operations.decisions import decide
from finops.operations.decisions import Kind
from finops.operations.entries import log_of
from finops.operations.outcomes import Outcome
from finops.portal.landed import told
from tests.operations.room import action
from tests.operations.room import by
from tests.operations.room import decision
from tests.operations.room import meeting
from tests.portal.test_meeting_tables import BROUGHT

if TYPE_CHECKING:
    from pathlib import Path


def test_it_says_what_was_expected_what_came_and_what_missed_by_most(tmp_path: Path) -> None:
    opened = make_workspace(tmp_path)
    entry = decision(meeting=meeting(opened), purpose=Kind.ACCEPT, choice="$x$ :red[off]")
    key = decide(opened.store, **by(), entry=entry).key
    hit = Outcome.model_validate({**BROUGHT, "key": "D0"})
    miss = Outcome.model_validate({**BROUGHT, "key": key, "effect": 0, "result": "miss"})
    escaped = told(log_of(opened), (hit, miss))
    assert r"\$x\$ \:red\[off\]" in escaped
    text = escaped.replace("\u00a0", " ").replace("\\", "")
    assert text == (
        "Last time we said \u2212600.00 USD a month by 2 decisions, it landed \u2212270.00 USD "
        "(1 hit, 1 miss), because “$x$ :red[off]” brought 0.00 USD of \u2212300.00 USD."
    )
    said = miss.model_copy(update={"why": "Nobody did it.\nYet."})
    assert "”: Nobody did it" in told(log_of(opened), (hit, said))
    act(opened.store, **by(), entry=action(decision=key, next_step="a quiet weekend."))
    late = told(log_of(opened), (hit, miss)).replace("\\", "")
    assert late.endswith("of “$x$ :red[off]”: “Switch off” is not done (a quiet weekend).")
    assert "”: Nobody did it" in told(log_of(opened), (hit, said))
    opened.close()

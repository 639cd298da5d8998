"""Forms of the worklist: who does it, how far it is, or why it waits; nothing is ever run."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.portal import desk
from finops.portal import once
from finops.workloads.advance import advance
from finops.workloads.advance import Said
from finops.workloads.progress import HOLDS
from finops.workloads.progress import NEXT
from finops.workloads.progress import State

if TYPE_CHECKING:
    from finops.portal.works import Work

PLACE = "worklist"
_USUAL = 90

WORDS = {
    State.ASSIGNED: "Assign it",
    State.APPROVED: "Approve it",
    State.DONE: "It is done",
    State.OPEN: "Open it again",
    State.SNOOZED: "Snooze it",
    State.EXPECTED: "It is expected",
    State.NOT_WORTH_IT: "It is not worth it",
}
"""What each step is called; what is verified is gone from the bill, and so from this list."""


def _called(state: State) -> str:
    return WORDS[state]


def step(work: Work) -> None:
    """A form to take one finding a step further, on the record."""
    finding = work.finding
    key, turn = once.form(f"work-{finding.key}")
    choices = [state for state in NEXT[work.progress.state] if state in WORDS]
    with st.form(turn, enter_to_submit=False):
        state = st.selectbox("What next", choices, format_func=_called, key=f"{turn}-state")
        with st.container(horizontal=True):
            owner = st.text_input("Who does it", value=work.progress.owner, key=f"{turn}-owner")
            until = st.date_input(
                "Held until, if it waits",
                value=desk.today() + timedelta(days=_USUAL),
                key=f"{turn}-until",
            )
        reason = st.text_input("Why, or what was changed", key=f"{turn}-reason")
        sent = once.send("Keep", turn, Permission.WORK)
    if not sent:
        return

    def work_on() -> str:
        held = state in HOLDS
        said = Said(
            key=finding.key,
            state=state,
            owner=owner if state is State.ASSIGNED else "",
            reason=reason,
            until=until if held else None,
        )
        taken = advance(desk.workspace(), said, today=desk.today(), call=desk.call(key))
        return f"{finding.resource.name or finding.resource.id}: {taken.state}, on the record."

    once.do(f"work-{finding.key}", work_on, place=PLACE)

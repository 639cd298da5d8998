"""Forms of the worklist: who does it, how far it is, or why it waits; nothing is ever run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.portal import desk
from finops.portal import formats
from finops.portal import once
from finops.savings.found import proposal_of
from finops.savings.ledger import savings_of
from finops.savings.saving import ENDED
from finops.savings.steps import propose
from finops.workloads.advance import advance
from finops.workloads.advance import Said
from finops.workloads.progress import HOLDS
from finops.workloads.progress import NEXT
from finops.workloads.progress import State

if TYPE_CHECKING:
    from datetime import date

    from finops.portal.works import Done
    from finops.portal.works import Work
    from finops.workloads.findings import Finding

PLACE = "worklist"
USUAL = 90
"""For how many days a hold lasts where nobody says otherwise."""

WORDS = {
    State.ASSIGNED: "Assign it",
    State.APPROVED: "Approve it",
    State.DONE: "It is done",
    State.OPEN: "Open it again",
}
"""What each step is called; what is verified is gone from the bill, and has a view of its own."""

ONE_CLICK = {
    State.SNOOZED: "Snooze",
    State.EXPECTED: "Expected",
    State.NOT_WORTH_IT: "Not worth it",
}
OTHERS = (
    "Nobody verifies what they did themselves: somebody else does, such as finance. On a laptop of "
    "one person, that person says who it is: `finops --as NAME worklist set {key} verified`."
)

CLAIMED = (
    "Finance agrees on its baseline, and verifies on a closed month what it took off; then your "
    "team is credited, and the finding is verified with it."
)


def reason_for(state: State, finding: Finding, until: date) -> str:
    """Why a finding waits, where nobody says more than one click."""
    told = {
        State.SNOOZED: f"Not now; it comes back after {formats.day(until)}.",
        State.EXPECTED: finding.false_positives or "It is meant to be so.",
        State.NOT_WORTH_IT: f"It saves less than {_hours(finding)} of work cost.",
    }
    return told[state]


def _hours(finding: Finding) -> str:
    told = finding.effort_hours
    return f"the {told} hours" if told else "the hours"


def step(work: Work) -> None:
    """A form to take one finding a step further, or to let it wait, on the record."""
    finding, now = work.finding, work.progress.state
    key, turn = once.form(f"work-{finding.key}")
    choices = [state for state in NEXT[now] if state in WORDS]
    with st.form(turn, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            state = st.selectbox("What next", choices, format_func=_called, key=f"{turn}-state")
            usual = work.progress.owner or desk.actor().name
            owner = st.text_input("Who does it", value=usual, key=f"{turn}-owner")
        reason = st.text_input("Why, or what was changed", key=f"{turn}-reason")
        sent = once.send("Keep", turn, Permission.WORK)
        held = _holds(work, turn) if HOLDS[0] in NEXT[now] else None
    if sent:
        named = owner if state is State.ASSIGNED else ""
        _keep(work, Said(key=finding.key, state=state, reason=reason, owner=named), key)
    elif held:
        _keep(work, replace(held, reason=reason.strip() or held.reason), key)


def _holds(work: Work, turn: str) -> Said | None:
    """One click for what waits, with the usual reason where nobody says another."""
    may, finding = desk.actor().may(Permission.WORK), work.finding
    last = desk.today() + timedelta(days=USUAL)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        until = st.date_input("Held until", value=last, key=f"{turn}-until", width=160)
        for state, label in ONE_CLICK.items():
            why = reason_for(state, finding, until)
            if st.form_submit_button(label, key=f"{turn}-{state.name}", help=why, disabled=not may):
                return Said(key=finding.key, state=state, reason=why, until=until)
    return None


def claim(finding: Finding, currency: str) -> None:
    """A button that proposes the finding as a saving, or under which name somebody did."""
    today, every = desk.today(), savings_of(desk.workspace(), today=desk.today())
    mine = (one for one in every if one.finding == finding.key and one.state not in ENDED)
    if claimed := next(mine, None):
        st.caption(f"Claimed as saving {claimed.key}, which is {claimed.state}.")
        return
    name = f"claim-{finding.key}"
    key, turn = once.form(name)
    may = desk.actor().may(Permission.CLAIM_SAVINGS)
    if st.button("Claim it as a saving", key=f"{turn}-claim", disabled=not may, help=CLAIMED):
        said = proposal_of(finding, currency, day=today)

        def claims() -> str:
            kept = propose(desk.workspace().store, **desk.call(key), said=said)
            return f"{said.title}: proposed as saving {kept.key}."

        once.do(name, claims, place=PLACE)


def verify(one: Done) -> None:
    """A button for somebody else than who did it, and how somebody else can press it."""
    told = one.progress
    if one.mine(desk.actor().name):
        st.caption(OTHERS.format(key=told.key))
        return
    key, turn = once.form(f"verify-{told.key}")
    may = desk.actor().may(Permission.WORK)
    if st.button("It is gone: verify it", key=f"{turn}-verify", disabled=not may):
        said = Said(key=told.key, state=State.VERIFIED)

        def verified() -> str:
            advance(desk.workspace(), said, today=desk.today(), call=desk.call(key))
            return f"{told.title}: verified, on the record."

        once.do(f"verify-{told.key}", verified, place=PLACE)


def _keep(work: Work, said: Said, key: str) -> None:
    finding = work.finding

    def work_on() -> str:
        taken = advance(desk.workspace(), said, today=desk.today(), call=desk.call(key))
        until = f" until {formats.day(said.until)}" if said.until else ""
        return (
            f"{finding.resource.name or finding.resource.id}: {taken.state}{until}, on the record."
        )

    once.do(f"work-{finding.key}", work_on, place=PLACE)


def _called(state: State) -> str:
    return WORDS[state]

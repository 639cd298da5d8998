"""Follow-up: the minutes as they would be, made final by whoever runs it, and taken away."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.core.period import BillingPeriod
from finops.operations import digest
from finops.operations import minutes
from finops.operations import minutes_text
from finops.operations import preparing
from finops.portal import desk
from finops.portal import exports
from finops.portal import formats
from finops.portal import meeting
from finops.portal import once
from finops.portal import reading_minutes
from finops.portal import set_up

if TYPE_CHECKING:
    from datetime import date

    from finops.portal.meeting import Held

_CLOSE = "review-close"
_PLAN = "review-plan"
_TELL = "review-tell"
_MONTH = 28
FILES = {
    "pdf": ("Minutes as PDF", "picture_as_pdf"),
    "html": ("HTML", "html"),
    "md": ("Markdown", "markdown"),
    "xlsx": ("Actions as Excel", "table_view"),
    "ics": ("Days for a calendar", "calendar_month"),
}
"""The files that a meeting is taken away as: what each is called, and its mark."""


def finalize(found: Held) -> None:
    """Show the minutes as they are, or would be; whoever runs the meeting makes them final."""
    once.told(_CLOSE)
    key, turn = once.form(_CLOSE)
    told = minutes.told(found.log, found.meeting.key, today=desk.today())
    with st.expander("The minutes" if told.sha256 else "A preview of the minutes"):
        reading_minutes.draw(told.markdown)
    if said := sealed(told):
        st.markdown(said)
        return
    seen = minutes.digest(minutes_text.body(found.log, found.meeting, today=desk.today()))
    may = desk.actor().may(Permission.RUN_REVIEW)
    if st.button("Make the minutes final", key=f"{turn}-close", disabled=not may):
        once.do(_CLOSE, partial(_close, found.meeting.key, seen, key), place=_CLOSE)


def take_away(found: Held) -> None:
    """The minutes, the actions and the days as files; and the digest, sent to who is named."""
    key = found.meeting.key
    with st.container(horizontal=True):
        for kind, (label, icon) in FILES.items():
            st.link_button(
                label, f"{exports.REVIEW}/{key}.{kind}", icon=f":material/{icon}:", type="secondary"
            )
    if set_up.notified():
        _send_digest(found)


def _send_digest(found: Held) -> None:
    once.told(_TELL)
    _, turn = once.form(_TELL)
    told = digest.digest(found.log, found.meeting.key, today=found.today)
    with st.expander("Tell everybody"):
        st.code(f"{told.title}\n{told.body}", language=None, wrap_lines=True)
        may = desk.actor().may(Permission.RUN_REVIEW)
        if st.button("Send the digest", key=f"{turn}-tell", disabled=not may):
            once.do(_TELL, lambda: _told(told), place=_TELL)


def _told(told: digest.Digest) -> str:
    places = set_up.notified()
    sent = digest.send(told, places, private=set_up.notified_within())
    return f"{sent} of {len(places)} places took it."


def planned() -> None:
    """Say for some seconds what was planned."""
    once.told(_PLAN)


def plan() -> None:
    """Plan the next meeting: its agenda is built, and the owners of variances are asked."""
    key, turn = once.form(_PLAN)
    may = desk.actor().may(Permission.RUN_REVIEW)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        usual = desk.today() + timedelta(days=_MONTH)
        day = st.date_input("Day of the next meeting", usual, key=f"{turn}-day", width=200)
        sent = st.button("Plan the next meeting", key=f"{turn}-plan", disabled=not may)
    if sent:
        once.do(_PLAN, partial(_plan, day, key), place=_PLAN)


def kit() -> None:
    """One click to what helps before a first meeting."""
    st.link_button(
        "Your first review? Five minutes for each persona", exports.KIT, icon=":material/school:",
        type="tertiary",
    )  # fmt: skip


def sealed(told: minutes.Minutes) -> str:
    """The hash of final minutes, and the event that they were sealed at; nothing of a preview."""
    final = f"Final: SHA-256 `{told.sha256}`, sealed at event {told.sequence}."
    return final if told.sha256 else ""


def _plan(day: date, key: str) -> str:
    held = preparing.plan(desk.workspace(), day=day, today=desk.today(), call=desk.call(key))
    st.session_state[meeting.GOES_TO] = held.key
    month = formats.month(BillingPeriod.parse(held.month))
    return f"The review of {month} is planned for {formats.day(held.day)}."


def _close(which: str, seen: str, key: str) -> str:
    named = {"meeting": which, "seen": seen, "today": desk.today()}
    done = minutes.close(desk.workspace().store, **desk.call(key), **named)
    return f"The minutes are final: {done.sha256[:12]}."

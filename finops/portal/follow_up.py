"""Follow-up: the minutes as they would be, made final by whoever runs it, and taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.operations import minutes
from finops.portal import desk
from finops.portal import once

if TYPE_CHECKING:
    from finops.portal.meeting import Held

_CLOSE = "review-close"


def finalize(found: Held) -> None:
    """Show the minutes as they are, or would be; whoever runs the meeting makes them final."""
    once.told(_CLOSE)
    key, turn = once.form(_CLOSE)
    told = minutes.told(found.log, found.meeting.key, today=desk.today())
    with st.expander("The minutes" if told.sha256 else "A preview of the minutes"):
        st.code(told.markdown, language=None, wrap_lines=True)
    if said := sealed(told):
        st.markdown(said)
        return
    seen = minutes.digest(minutes.body(found.log, found.meeting, today=desk.today()))
    may = desk.actor().may(Permission.RUN_REVIEW)
    if st.button("Make the minutes final", key=f"{turn}-close", disabled=not may):
        once.do(_CLOSE, partial(_close, found.meeting.key, seen, key), place=_CLOSE)


def sealed(told: minutes.Minutes) -> str:
    """The hash of final minutes, and the event that they were sealed at; nothing of a preview."""
    final = f"Final: SHA-256 `{told.sha256}`, sealed at event {told.sequence}."
    return final if told.sha256 else ""


def _close(meeting: str, seen: str, key: str) -> str:
    named = {"meeting": meeting, "seen": seen, "today": desk.today()}
    done = minutes.close(desk.workspace().store, **desk.call(key), **named)
    return f"The minutes are final: {done.sha256[:12]}."

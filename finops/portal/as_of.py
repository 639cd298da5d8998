"""As of: what was believed on another day; every page then reads the snapshot of that day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from finops.errors import UsageError
from finops.portal import desk
from finops.portal import formats

if TYPE_CHECKING:
    from finops.dataset import Snapshot

_HOW = (
    "A day shows what was published by its end, UTC; a snapshot may be named by its number or id. "
    "Empty means now. What you choose stands in the address."
)


def choose(shown: Snapshot) -> None:
    """A popover that names the day that is looked at, and lets the reader name another."""
    with st.popover(label(shown), icon=":material/history:", key="scope-as-of"):
        st.text_input(
            "As of",
            key=desk.AS_OF,
            bind="query-params",
            placeholder="2026-06-05, or a snapshot",
            help=_HOW,
        )
        if fault := refused():
            st.error(formats.md_escape(fault), icon=":material/error:")
        st.caption(_HOW)


def label(shown: Snapshot) -> str:
    """What is looked at, in few words."""
    return f"As of {_day(shown)}" if desk.as_of() else "As of: now"


def loudly(shown: Snapshot) -> str:
    """That this is not the newest, for the seal; nothing where it is."""
    return f"As of {_day(shown)}: what was believed then, not now" if desk.as_of() else ""


def refused() -> str:
    """What is wrong with what was named; nothing where nothing is."""
    told = str(st.session_state.get(desk.AS_OF) or "").strip()
    try:
        desk.published(told or None)
    except UsageError as error:
        return f"{error.sentence} This is as of now."
    return ""


def _day(shown: Snapshot) -> str:
    return formats.day(datetime.fromisoformat(shown.at).date())

"""The log on the page: whether it is whole, who did what in it, and what each event changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from finops.access import trail
from finops.portal import desk
from finops.portal import formats
from finops.portal import permissions
from finops.portal import tables
from finops.portal.exports import AUDIT

if TYPE_CHECKING:
    from finops.access.trail import Check
    from finops.access.trail import Entry

MOST = 1000
"""How many events are shown at once; the export has all of them."""

_ANY = "Any"


def sentence(found: Check) -> str:
    """Whether the log is whole; where it is not, the first event that breaks."""
    if found.findings:
        first = found.findings[0]
        return f"**The log is broken at event {first.line}: {first.reason}.**"
    if found.last is None:
        return "**The log is unbroken: nothing has happened yet.**"
    events, day = formats.counted(found.events, "event"), formats.day(found.last)
    head = found.head.hash[: trail.SHORT]
    return f"**The log is unbroken: {events} to {day}, head {head}.**"


def proof() -> None:
    """What was looked at, the head in full, and each event that breaks."""
    found = trail.verify(desk.workspace().store, desk.actor())
    st.markdown(
        f"Every event seals the one before it, and {formats.count(found.noted)} ends of the log "
        "are noted outside it: beside the records, and under the seals of closed months. "
        "`finops audit verify` proves the same."
    )
    st.markdown(f"Head `{found.head.hash}`")
    if found.findings:
        rows = ({"Event": one.line, "What is wrong": one.reason} for one in found.findings)
        tables.draw(tables.records("Where the log breaks, the first event first", rows))


def events() -> None:
    """The events that are looked for, the latest first, one of them in full; and their file."""
    store, actor = desk.workspace().store, desk.actor()
    people, commands = trail.known(store, actor)
    with st.container(horizontal=True):
        who = st.selectbox("Who", (_ANY, *people), key="audit-who")
        what = st.selectbox("Command", (_ANY, *commands), key="audit-command")
        day = st.date_input("Day (UTC)", value=None, key="audit-day")
    sought = trail.Sought("" if who == _ANY else who, "" if what == _ANY else what, day)
    found = trail.entries(store, actor, sought, most=MOST)
    if not found:
        st.markdown("Nothing of that kind happened.")
        return
    _one(found[tables.pick(_table(found), key="audit-events")])
    day_named = day.isoformat() if day else ""
    named = {"actor": sought.actor, "command": sought.command, "day": day_named}
    words = urlencode({name: text for name, text in named.items() if text})
    st.link_button(
        "Download the events (csv)", f"{AUDIT}.csv?{words}".rstrip("?"), icon=":material/download:"
    )


def matrix() -> None:
    """Each command, the permission that it needs, and the roles that have it."""
    tables.draw(permissions.table())


def _table(found: tuple[Entry, ...]) -> tables.Table:
    rows = (
        {
            "Event": one.sequence,
            "When": formats.moment(one.at) if one.at else formats.NONE,
            "Who": one.actor,
            "Command": one.command,
            "Subject": one.subject,
            "From": one.origin,
        }
        for one in found
    )
    return tables.records("Events, the latest first", rows)


def _one(entry: Entry) -> None:
    """What an event was about, before and after."""
    st.markdown(f"**Event {entry.sequence}** · {formats.md_escape(entry.subject)}")
    for column, (name, value) in zip(
        st.columns(2), (("Before", entry.before), ("After", entry.after)), strict=True
    ):
        with column:
            st.caption(name)
            st.code(_text(value), language="json", wrap_lines=True, height=220)


def _text(value: object) -> str:
    return "nothing" if value is None else json.dumps(value, indent=2, ensure_ascii=False)

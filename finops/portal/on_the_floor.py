"""On the floor: what the room looks at while it talks about an item, to be read from afar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.operations.commentary import Commentary
from finops.operations.decisions import Decision
from finops.operations.outcomes import Outcome
from finops.operations.sources import OPENS
from finops.portal import formats
from finops.portal import meeting_tables
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from finops.operations.entries import Log
    from finops.operations.material import Item
    from finops.portal.meeting import Held


def draw(found: Held, item: Item) -> None:
    """The item's title and amount, what the bill says of it, and what its owner does."""
    st.markdown(f"## {formats.md_escape(formats.dated(item.title))}", anchors=False)
    if item.source == OPENS:
        outcomes(found.log, found.log.of(Outcome, found.meeting.key))
        return
    if amount := meeting_tables.signed(item.amount, item.currency):
        st.markdown(f"### {formats.md_escape(amount)}", anchors=False)
    if said := "  \n".join(_told(found, item)):
        st.markdown(said)


def outcomes(log: Log, scored: Sequence[Outcome]) -> None:
    """How decisions turned out, and below it why, and what is learned, where anybody said it."""
    tables.wrap(meeting_tables.turned_out(log, scored))
    if said := "\n".join(_learned(log, scored)):
        st.markdown(said)


def _told(found: Held, item: Item) -> Iterator[str]:
    if item.detail:
        yield formats.md_escape(formats.dated(item.detail))
    one = _commentary(found, item)
    if one and one.answered:
        step = f" Next: {one.next_step}." if one.next_step else ""
        yield formats.md_escape(f"{one.owner or one.team}: {one.cause} ({one.lasting}).{step}")
    elif item.owner:
        yield formats.md_escape(item.owner)


def _commentary(found: Held, item: Item) -> Commentary | None:
    """What the owner of a variance was asked and answered; None of what is none."""
    asked = found.log.of(Commentary, found.meeting.key)
    if item.source not in {"variances", "commentary"}:
        return None
    return next((one for one in asked if item.scope == f"x_Team={one.team}"), None)


def _learned(log: Log, scored: Sequence[Outcome]) -> Iterator[str]:
    for one in scored:
        decision = log.find(Decision, one.key)
        told = " ".join(f"{said.strip().rstrip('.')}." for said in (one.why, one.lesson) if said)
        if told:
            name = decision.choice if decision else one.key
            yield f"- **{formats.md_escape(name)}**: {formats.md_escape(told)}"

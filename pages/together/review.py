"""Review meeting: prepare it, hold it, and follow up on what was decided."""

from __future__ import annotations

import streamlit as st

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import meeting
from finops.portal import meeting_forms
from finops.portal import tables
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Review meeting",
    icon=":material/groups:",
    persona=Persona.EVERYONE,
    question="What must we decide, and how did the last decisions turn out?",
    needs=Permission.READ_COST,
)


@page.says
def answer(_: Dataset) -> str:
    """When the meeting is, what waits for it, and how the last decisions turned out."""
    return meeting.sentence()


@page.view("Agenda", asks="What is talked about, and for how long?")
def agenda(_: Dataset) -> None:
    """The items in their order, and those that are accepted by default."""
    if found := meeting.held():
        tables.draw_or_say(meeting.items(found.agenda.items), "Nothing is on the agenda.")
        with st.expander("Accepted by default"):
            tables.draw_or_say(meeting.items(found.agenda.by_default), "Nothing.")


@page.view("Requests for commentary", asks="Why did each team's month move?")
def requests(_: Dataset) -> None:
    """What was asked of whom, and what they answered; answer one."""
    if found := meeting.held():
        tables.draw_or_say(meeting.requests(found), "No variance is outside the agreed bands.")
        meeting_forms.answer(found)


@page.view("Decisions", asks="What was decided, and what must it bring?", half=True)
def decisions(_: Dataset) -> None:
    """What this meeting decided; put a decision on the record."""
    if found := meeting.held():
        tables.draw_or_say(meeting.decided(found), "Nothing is decided yet.")
        meeting_forms.decide(found)


@page.view("Actions", asks="Who does what by when, and what does delay cost?", half=True)
def actions(_: Dataset) -> None:
    """What is still to be done; agree on an action."""
    if found := meeting.held():
        tables.draw_or_say(meeting.actions(found), "Nothing is left to do.")
        meeting_forms.act(found)


@page.view("Outcomes", asks="How did earlier decisions turn out on the bill?")
def outcomes(_: Dataset) -> None:
    """Expected against the bill, decision by decision."""
    if found := meeting.held():
        tables.draw_or_say(meeting.turned_out(found), "No decision was scored yet.")


@page.view("Minutes", asks="What is on the record?")
def minutes(_: Dataset) -> None:
    """The minutes, or a preview of them."""
    if found := meeting.held():
        meeting_forms.finalize(found)


if __name__ == "__main__":
    page.run()

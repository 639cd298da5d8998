"""Review meeting: prepare it, hold it, and follow up on what was decided."""

from __future__ import annotations

from finops.access.roles import Permission
from finops.dataset import Dataset
from finops.portal import meeting
from finops.portal import meeting_views as views
from finops.portal.page import Page
from finops.portal.page import Persona

page = Page(
    title="Review meeting",
    icon=":material/groups:",
    persona=Persona.EVERYONE,
    question="What must we decide, and how did the last decisions turn out?",
    needs=Permission.READ_COST,
)


@page.says_of_a_part
def answer(_: Dataset) -> str:
    """When the meeting is, what waits for it, and how the last decisions turned out."""
    return meeting.sentence()


steps = page.part("The meeting", asks="Which one, who is there, and what do we do now?")
steps(views.steps)
room = page.view("On the floor", asks="What do we talk about now?", when=views.holding)
room(views.room)
outcomes = page.part(
    "What earlier decisions brought",
    asks="What was it worth on the closed bill?",
    when=views.looking,
)
outcomes(views.outcomes)
agenda = page.part("Agenda", asks="What is talked about, and how long?", when=views.preparing)
agenda(views.agenda)
requests = page.part(
    "Requests for commentary", asks="Why did each team's month move?", when=views.preparing
)
requests(views.requests)
deciding = page.view(
    "Decisions", asks="What do we decide, and what must it bring?", half=True, when=views.holding
)
deciding(views.deciding)
agreeing = page.view("Actions", asks="Who does what by when?", half=True, when=views.holding)
agreeing(views.agreeing)
decisions = page.part(
    "Decisions", asks="What was decided, and what must it bring?", when=views.following
)
decisions(views.decisions)
actions = page.part(
    "Actions", asks="Who does what by when, and what does delay cost?", when=views.following
)
actions(views.actions)
talk = page.view("Comments", asks="What was said, and to whom?", when=views.preparing)
talk(views.talk)
back = page.view(
    "Retrospective",
    asks="What happened in a sprint or a month, and what did cost do then?",
    when=views.looking_back_at,
)
back(views.back)
minutes = page.view("Minutes", asks="What is on the record?", when=views.following)
minutes(views.minutes)


if __name__ == "__main__":
    page.run()

"""The demo company's review meetings: three held and on the record, and the next one prepared.

All of it by the commands of everybody; what was decided is told in `data/demo/review.yaml`.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.core.period import BillingPeriod
from finops.demo.closes import closed
from finops.demo.decided import Planted
from finops.demo.decided import planted
from finops.measures.window import Window
from finops.operations import actions
from finops.operations import commentary
from finops.operations import minutes
from finops.operations import outcomes
from finops.operations import preparing
from finops.operations import review
from finops.operations.decisions import Decision
from finops.operations.entries import log_of
from finops.operations.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.demo.company import Company

_PLANTED = {"planted", "service", "learned"}
"""What is told of a decision besides its own fields."""
TUESDAY = 1
SOON = 3
"""The next meeting is on the first Tuesday that is at least so many days ahead."""


class Room(NamedTuple):
    """What every step needs: where it is written, who the company is, and when it is told."""

    workspace: Workspace
    company: Company
    months: tuple[BillingPeriod, ...]
    at: datetime

    def call(self, name: str) -> Call:
        """A command of one person."""
        return {"actor": local_actor(name), "at": self.at, "origin": "demo", "key": None}

    @property
    def runs(self) -> Call:
        """A command of whoever runs the meeting."""
        return self.call(self.company.review["series"]["facilitator"])


def hold_meetings(
    workspace: Workspace, company: Company, *, today: date, at: datetime
) -> tuple[str, ...]:
    """Hold the meetings about the closed months, and prepare the next; the names of all.

    A meeting is held only where its month and the one before are there to be compared.
    """
    snapshot = workspace.snapshot()
    names = sorted({part.month for part in snapshot.charges}) if snapshot else []
    room = Room(workspace, company, tuple(map(BillingPeriod.parse, names)), at)
    told = company.review["meetings"]
    held = [one for one in told if one["about"] < len(names)]
    if not held or not closed(names):
        return ()
    review.begin_series(
        workspace.store, **room.runs, entry=review.Series(**company.review["series"])
    )
    return (*(_hold(room, one) for one in held), _next(room, today))


def next_day(today: date) -> date:
    """The day of the meeting that is being prepared."""
    first = today + timedelta(days=SOON)
    return first + timedelta(days=(TUESDAY - first.weekday()) % 7)


def _hold(room: Room, told: dict[str, Any]) -> str:
    month = room.months[-1 - told["about"]]
    day = month.end + timedelta(days=told["day"] - 1)
    held = preparing.plan(room.workspace, day=day, today=day, month=str(month), call=room.runs)
    _note(room, held, told)
    _attend(room, held, told["absent"])
    _answer(room, held, room.company.review["answers"])
    keys = [_decide(room, held, one, told["about"]) for one in told["decisions"]]
    for one in told["actions"]:
        _act(room, held, one, keys)
    named = {"meeting": held.key, "seen": "", "today": day}
    minutes.close(room.workspace.store, **room.runs, **named)
    return held.key


def _next(room: Room, today: date) -> str:
    """Prepare the meeting about the last month; some owners have said their part already."""
    ahead = room.company.review["ahead"]
    held = preparing.plan(room.workspace, day=next_day(today), today=today, call=room.runs)
    _answer(room, held, {team: room.company.review["answers"][team] for team in ahead})
    learn(room, held)
    return held.key


def learn(room: Room, held: review.Meeting) -> None:
    """Say of what was scored why it turned out so, each owner in their own name."""
    said = {one.told["question"]: one.told.get("learned") for one in planted(room.company)}
    log = log_of(room.workspace)
    for one in log.of(outcomes.Outcome, held.key):
        decision = log.find(Decision, one.key)
        if decision and (learned := said.get(decision.question)):
            entry = one.model_copy(update=learned)
            outcomes.score(room.workspace.store, **room.call(decision.owner), entry=entry)


def _note(room: Room, held: review.Meeting, told: dict[str, Any]) -> None:
    if notes := told.get("notes"):
        entry = held.model_copy(update={"notes": notes})
        review.change_meeting(room.workspace.store, **room.runs, entry=entry)


def _attend(room: Room, held: review.Meeting, absent: Iterable[str]) -> None:
    for one in log_of(room.workspace).of(review.Attendance, held.key):
        there = review.Presence.ABSENT if one.person in absent else review.Presence.PRESENT
        entry = one.model_copy(update={"presence": there})
        review.attend(room.workspace.store, **room.runs, entry=entry)


def _answer(room: Room, held: review.Meeting, answers: dict[str, Any]) -> None:
    """Answer what the owners of variances were asked, each in their own name."""
    for one in log_of(room.workspace).of(commentary.Commentary, held.key):
        if said := answers.get(one.team):
            entry = preparing.read(commentary.Commentary, {**one.model_dump(), **said})
            commentary.answer(room.workspace.store, **room.call(one.owner or one.team), entry=entry)


def _decide(room: Room, held: review.Meeting, told: dict[str, Any], about: int) -> str:
    """Put a decision on the record; a planted one is due with its month, to be looked at later."""
    said = {name: value for name, value in told.items() if name not in _PLANTED}
    if back := told.get("retrospective"):
        month = room.months[-1 - back["about"]]
        said["retrospective"] = Span(back["team"], str(month), Window(month.start, month.end)).key
    if "planted" in told:
        month = BillingPeriod.of(held.day)
        said |= {
            "scope": Planted(told, about).scope,
            "due": month.end - timedelta(days=1),
            "review_day": room.months[-1].plus(2).start,
        }
    entry = preparing.read(Decision, {**said, "meeting": held.key})
    call = room.call(told["owner"])
    return preparing.decide(room.workspace, entry, day=held.day, call=call).key


def _act(room: Room, held: review.Meeting, told: dict[str, Any], decided: list[str]) -> None:
    """Agree on an action; `due` is in days after the meeting."""
    place = told.get("decision")
    said = {
        **told,
        "due": held.day + timedelta(days=told["due"]),
        "decision": decided[place - 1] if place else "",
        "meeting": held.key,
    }
    entry = preparing.read(actions.Action, said)
    actions.act(room.workspace.store, **room.call(told["owner"]), entry=entry)

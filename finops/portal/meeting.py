"""Meeting: which meeting is looked at, how far it has come, and what its page says first."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.scope import viewer_of
from finops.core.period import BillingPeriod
from finops.errors import TieoutError
from finops.errors import UsageError
from finops.invoicing import books_of
from finops.operations import agenda as room
from finops.operations import outcomes
from finops.operations import review
from finops.operations import sight
from finops.operations.commentary import Commentary
from finops.operations.value import units_of
from finops.portal import desk
from finops.portal import formats
from finops.portal.memory import Memory

if TYPE_CHECKING:
    from datetime import date

    from finops.operations.entries import Log
    from finops.operations.review import Meeting

NONE_YET = "**No review is planned yet**; plan the first one below."
CHOSEN = "meeting"
"""What the choice of a meeting is called in the address."""
GOES_TO = "meeting-goes-to"
"""The meeting that was planned just now: the page goes there, and begins with it as with any."""
_KEPT = 20


class Phase(StrEnum):
    """What is done with a meeting."""

    PREPARE = "Prepare"
    HOLD = "Hold"
    FOLLOW_UP = "Follow up"


PHASE = "phase"


@dataclass(frozen=True)
class Held:
    """The meeting that is looked at, and all that was written, on a day."""

    meeting: Meeting
    log: Log
    today: date
    part: bool = False
    """Whether it is seen by somebody who sees a part of the cost: only what is about that."""

    @cached_property
    def agenda(self) -> room.Agenda:
        """Its agenda as it stands."""
        return room.agenda(self.log, self.meeting, series=self.series, today=self.today)

    @cached_property
    def requests(self) -> tuple[Commentary, ...]:
        """Its requests for commentary."""
        return self.log.of(Commentary, self.meeting.key)

    @cached_property
    def series(self) -> review.Series:
        """The series that it belongs to."""
        return review.series_of(self.log, self.meeting)

    @property
    def final(self) -> bool:
        """Whether its minutes are final."""
        return review.state(self.log, self.meeting.key) is review.State.FINAL

    @property
    def begins_as(self) -> Phase:
        """What is done with it on this day, unless the reader says otherwise."""
        if self.final:
            return Phase.FOLLOW_UP
        return Phase.HOLD if self.today >= self.meeting.day else Phase.PREPARE


def held() -> Held | None:
    """The meeting that the address names, or else the next one; None where none was planned.

    Whoever sees a part of the cost has before them what is about that part, here and wherever a
    meeting is looked at.
    """
    chosen = st.session_state.get(CHOSEN, st.query_params.get(CHOSEN, ""))
    asked = str(st.session_state.get(GOES_TO) or chosen or "")
    log, today = desk.log(), desk.today()
    viewer = viewer_of(desk.actor())
    names = frozenset(desk.names()) if viewer.limited else frozenset[str]()
    return desk.known(
        ("meeting", asked, today, viewer, names),
        lambda: _find(sight.within(log, viewer, names), asked, today, part=viewer.limited),
    )


def phase() -> Phase:
    """What the reader does with the meeting."""
    asked = st.session_state.get(PHASE) or st.query_params.get(PHASE)
    found = held()
    begins = found.begins_as if found else Phase.PREPARE
    if st.session_state.get(GOES_TO):
        return begins
    return Phase(asked) if asked in set(Phase) else begins


def during(*phases: Phase) -> bool:
    """Whether the reader is in one of these phases; who sees a part has all of it at once."""
    return desk.part_only() or phase() in phases


def so_far(log: Log) -> tuple[outcomes.Outcome, ...]:
    """How decisions that are not scored stand on the last closed month."""
    workspace = desk.workspace()
    whole = desk.whole()
    decided = tuple((one.key, one.version) for one in outcomes.unscored(log))
    snapshot = whole.snapshot
    key = (workspace.root, log.where, decided, snapshot.id, snapshot.revision, whole.scopes)

    def look() -> tuple[outcomes.Outcome, ...]:
        books = books_of(workspace, whole.snapshot)
        return outcomes.so_far(log, whole, books, units_of(workspace, whole.snapshot))

    return _ahead().get(key, look)


def sentence() -> str:
    """When the meeting is, what waits for it, and how the last decisions turned out."""
    found = held()
    if found is None:
        return NONE_YET
    name = formats.month_name(BillingPeriod.parse(found.meeting.month))
    day = formats.day_in_month(found.meeting.day)
    if found.final:
        return f"**The {name} review was held on {day}** and its minutes are final{_turned(found)}."
    items, waiting = len(found.agenda.items), sum(not one.answered for one in found.requests)
    about = " about what you see" if found.part else ""
    head = (
        f"**The {name} review is on {day}**: "
        f"{formats.counted(items, 'item')}{about}, {formats.counted(waiting, 'request')} unanswered"
    )
    return f"{head}{_turned(found)}."


def _find(log: Log, asked: str, today: date, *, part: bool) -> Held | None:
    for named in dict.fromkeys((asked, "")):
        with suppress(UsageError):
            return Held(review.meeting_of(log, named), log, today, part=part)
    return None


def _turned(found: Held) -> str:
    scored = found.log.of(outcomes.Outcome, found.meeting.key)
    if told := outcomes.tally(scored):
        return f"; {formats.counted(len(scored), 'earlier decision')} scored: {told}"
    try:
        ahead = so_far(found.log)
    except TieoutError:
        return ""
    told = outcomes.tally(ahead)
    return f"; {formats.counted(len(ahead), 'earlier decision')} so far: {told}" if told else ""


@st.cache_resource(show_spinner=False)
def _ahead() -> Memory[tuple[outcomes.Outcome, ...]]:
    return Memory(_KEPT)

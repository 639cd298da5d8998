"""Meeting views: what the review page shows while a meeting is prepared, held and followed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.period import BillingPeriod
from finops.operations.outcomes import Outcome
from finops.operations.review import Meeting
from finops.operations.review import meeting_of
from finops.portal import desk
from finops.portal import follow_up
from finops.portal import formats
from finops.portal import looking_back
from finops.portal import meeting
from finops.portal import meeting_forms
from finops.portal import meeting_room
from finops.portal import meeting_tables
from finops.portal import on_the_floor
from finops.portal import set_up
from finops.portal import tables
from finops.portal.meeting import Phase

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.portal.lens import Lens
    from finops.portal.meeting import Held

_MOVED = "review-moved"
QUIET = "No variance is outside the agreed bands."
PART = (
    "You have before you what is about the cost that you see. The minutes tell of all cost: ask "
    "whoever facilitates the meeting for what concerns you."
)


def preparing(_: Lens) -> bool:
    """While a meeting is prepared."""
    return _planned(during=(Phase.PREPARE,))


def holding(_: Lens) -> bool:
    """While it is held."""
    return _planned(during=(Phase.HOLD,))


def following(_: Lens) -> bool:
    """While it is followed up."""
    return _planned(during=(Phase.FOLLOW_UP,))


def looking(_: Lens) -> bool:
    """While it is prepared or followed up."""
    return _planned(during=(Phase.PREPARE, Phase.FOLLOW_UP))


def looking_back_at(_: Lens) -> bool:
    """While a meeting is prepared, and also before the first is planned."""
    return meeting.during(Phase.PREPARE)


def _planned(*, during: tuple[Phase, ...]) -> bool:
    """Whether there is a meeting, and the reader is in one of these phases of it."""
    return meeting.during(*during) and meeting.held() is not None


def steps(_: Dataset) -> None:
    """Which meeting, what is done with it, and who is there."""
    found = meeting.held()
    if found is None and desk.part_only():
        st.markdown("No review is planned yet.")
        return
    if found is None:
        follow_up.planned()
        st.markdown("Choose its day: its agenda then builds itself, and owners are asked.")
        follow_up.plan()
        return
    if found.part:
        _which(found, goes=False)
        st.caption(PART)
        return
    goes = _goes_there(found)
    follow_up.planned()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _which(found, goes=goes)
        st.segmented_control(
            "What we do",
            list(Phase),
            default=None if goes else found.begins_as,
            key=meeting.PHASE,
            bind="query-params",
            on_change=_move,
        )
    meeting_room.who(found)
    follow_up.kit()
    if st.session_state.pop(_MOVED, False):
        st.rerun(scope="app")


def room(_: Dataset) -> None:
    """The item that has the floor, and what comes next."""
    meeting_room.live(meeting_room.screen, "review-screen")
    if found := meeting.held():
        meeting_room.steer(found)


def agenda(_: Dataset) -> None:
    """The items in their order, and those that are accepted by default."""
    if found := meeting.held():
        meeting_room.live(_agenda, "review-agenda")
        label = f"Accepted by default: {formats.counted(len(found.agenda.by_default), 'item')}"
        with st.expander(label):
            meeting_room.by_default(found)


def requests(_: Dataset) -> None:
    """What was asked of whom, and what they answered; answer one."""
    meeting_room.live(_requests, "review-requests")
    if (found := meeting.held()) and not found.final and found.requests:
        with st.expander("Answer", expanded=True):
            meeting_forms.answer(found)


def deciding(_: Dataset) -> None:
    """What this meeting has decided so far; put a decision on the record."""
    meeting_room.live(_deciding, "review-deciding")
    if (found := meeting.held()) and not found.final:
        with st.expander("Decide", expanded=True):
            meeting_forms.decide(found)


def agreeing(_: Dataset) -> None:
    """What is still to be done; agree on an action."""
    meeting_room.live(_agreeing, "review-agreeing")
    if found := meeting.held():
        with st.expander("Act", expanded=True):
            meeting_forms.act(found)


def decisions(_: Dataset) -> None:
    """What this meeting decided; while it is not final, one can still be edited."""
    meeting_room.live(_decisions, "review-decisions")
    if (found := meeting.held()) and not (found.final or found.part):
        with st.expander("Decide"):
            meeting_forms.decide(found)


def actions(_: Dataset) -> None:
    """What is still to be done; say how far one has come."""
    meeting_room.live(_actions, "review-actions")
    if (found := meeting.held()) and not found.part:
        with st.expander("Act"):
            meeting_forms.act(found)


def outcomes(_: Dataset) -> None:
    """Expected against the bill, decision by decision; and what is not scored, so far."""
    found = meeting.held()
    if found is None:
        return
    scored, ahead = found.log.of(Outcome), meeting.so_far(found.log)
    if scored:
        on_the_floor.outcomes(found.log, scored)
        if not found.part:
            with st.expander("Why, and what is learned"):
                meeting_forms.learn(found)
    if ahead:
        st.caption("Not scored yet; this is how the last closed month shows them.")
        tables.wrap(meeting_tables.ahead(found.log, ahead))
    if not scored and not ahead:
        st.markdown("No decision can be measured yet.")


def talk(_: Dataset) -> None:
    """What was said about the items, and a comment of one's own."""
    meeting_room.live(_talk, "review-talk")
    if found := meeting.held():
        with st.expander("Comment"):
            meeting_forms.say(found)


def back(_: Dataset) -> None:
    """What happened in a sprint or a month, beside what cost and unit costs did; decide on it."""
    span = looking_back.choose()
    looking_back.draw(looking_back.look(span))
    if (found := meeting.held()) and not found.final:
        with st.expander("Decide because of it"):
            meeting_forms.decide_on(found, span.key, span.team)


def minutes(_: Dataset) -> None:
    """The minutes, or a preview of them."""
    if found := meeting.held():
        follow_up.finalize(found)
        follow_up.take_away(found)
        if found.final:
            follow_up.plan()


def _goes_there(found: Held) -> bool:
    """Take the page to a meeting that was planned just now; whether there is one."""
    goes = bool(st.session_state.pop(meeting.GOES_TO, ""))
    if goes:
        st.session_state[meeting.CHOSEN] = found.meeting.key
        st.session_state[meeting.PHASE] = found.begins_as
    return goes


def _move() -> None:
    """What was chosen concerns every view, not only the one that it was chosen in."""
    st.session_state[_MOVED] = True


def _which(found: Held, *, goes: bool) -> None:
    """Choose among the meetings, the latest first; the address names one that is not the usual."""
    every = sorted(found.log.of(Meeting), key=lambda one: one.day, reverse=True)
    names = {one.key: _called(one) for one in every}
    place = 0 if goes else list(names).index(meeting_of(found.log).key)
    st.selectbox(
        "Meeting", list(names), index=place, format_func=names.__getitem__, key=meeting.CHOSEN,
        bind="query-params", on_change=_move,
    )  # fmt: skip


def _called(held: Meeting) -> str:
    """What a meeting is called where it is chosen: its day, and the month that it is about."""
    month = formats.month_brief(BillingPeriod.parse(held.month))
    return f"{formats.day(held.day)}, about {month}"


def _agenda(found: Held) -> None:
    table = meeting_tables.items(found.agenda.items, timed=not found.part)
    tables.wrap_or_say(table, "Nothing is on the agenda.")


def _requests(found: Held) -> None:
    nothing = "Nothing is asked about what you see." if found.part else QUIET
    tables.wrap_or_say(meeting_tables.requests(found), nothing)


def _deciding(found: Held) -> None:
    tables.wrap_or_say(meeting_tables.decided_briefly(found), "Nothing is decided yet.")


def _agreeing(found: Held) -> None:
    tables.wrap_or_say(meeting_tables.actions_briefly(found), "Nothing is left to do.")


def _decisions(found: Held) -> None:
    tables.wrap_or_say(meeting_tables.decided(found), "Nothing is decided yet.")


def _actions(found: Held) -> None:
    # A link to a new issue needs a table that can hold one.
    draw = tables.draw_or_say if set_up.tracker() else tables.wrap_or_say
    draw(meeting_tables.actions(found), "Nothing is left to do.")


def _talk(found: Held) -> None:
    tables.wrap_or_say(meeting_tables.talk(found), "Nobody has said anything yet.")

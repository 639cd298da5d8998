"""Meeting room: one screen for the room: the clock, the item that has the floor, who is here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.core.amount import Amount
from finops.errors import TieoutError
from finops.operations import floor
from finops.operations import review
from finops.portal import desk
from finops.portal import formats
from finops.portal import meeting
from finops.portal import meeting_tables
from finops.portal import on_the_floor
from finops.portal import once
from finops.portal import tables
from finops.portal.boundary import contained

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from finops.operations.material import Item
    from finops.portal.meeting import Held

EVERY = 1.5
"""Seconds after which a part asks again: what others wrote is on every screen within two."""

PACES: dict[floor.Pace, tuple[Literal["green", "orange", "red"], str]] = {
    floor.Pace.IN_TIME: ("green", ":material/timer:"),
    floor.Pace.NEARLY: ("orange", ":material/hourglass_bottom:"),
    floor.Pace.OVER: ("red", ":material/alarm:"),
}
_NEXT = 3


def live(draw: Callable[[Held], None], key: str) -> None:
    """Draw a part of the meeting anew by itself, again and again, as everybody writes it."""
    st.fragment(partial(look, draw), run_every=EVERY, key=key)()


def look(draw: Callable[[Held], None]) -> None:
    """Draw it as it is now, for whoever still may see it.

    It runs without the rest of the page, so it asks who looks by itself: what was taken from
    somebody is gone, and an open meeting page counts as being used.
    """
    with contained():
        actor = desk.actor()
        actor.require(Permission.READ_COST)
        if found := meeting.held():
            draw(found)


def screen(found: Held) -> None:
    """The item that has the floor in large type, its clock, and what comes next."""
    items = found.agenda.items
    now = floor.now(found.log, found.meeting.key, items, at=desk.now())
    if now is None:
        st.markdown(
            f"## {formats.counted(len(items), 'item')} in {found.series.minutes} minutes",
            anchors=False,
        )
        _upcoming(items[:_NEXT])
        return
    color, icon = PACES[now.pace]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(f"{now.clock} {'over' if now.pace is floor.Pace.OVER else 'left'}",
                 icon=icon, color=color)  # fmt: skip
        st.caption(
            f"Item {now.place + 1} of {len(items)} · {now.item.minutes} minutes", width="content"
        )
    on_the_floor.draw(found, now.item)
    _upcoming(items[now.place + 1 : now.place + 1 + _NEXT])


def steer(found: Held) -> None:
    """Begin the meeting, or go on to the next item; for whoever runs it."""
    items = found.agenda.items
    now = floor.now(found.log, found.meeting.key, items, at=desk.now())
    place = now.place if now else -1
    may = desk.actor().may(Permission.RUN_REVIEW) and not found.final
    with st.container(horizontal=True):
        if now and place > 0:
            _go(found, items[place - 1], "Back", may=may)
        if place + 1 < len(items):
            label = "Next item" if now else "Begin the meeting"
            _go(found, items[place + 1], label, may=may)


def who(found: Held) -> None:
    """Who is here; a name may be added that nobody expected."""
    there = found.log.of(review.Attendance, found.meeting.key)
    names = [one.person for one in there]
    known = [one.name for one in desk.organization().people if one.name not in names]
    here = [one.person for one in there if one.presence is review.Presence.PRESENT]
    key = f"review-here-{found.meeting.key}"
    # The list stays the same, and open, while one name after the other is chosen from it.
    if set(st.session_state.get(key, ())) != set(here):
        st.session_state[key] = here
    st.multiselect(
        "Who is here?",
        [*names, *known],
        accept_new_options=True,
        key=key,
        on_change=_attend,
        args=(key,),
        disabled=found.final,
    )


def by_default(found: Held) -> None:
    """What is accepted unless somebody speaks up; any of it can be put on the agenda."""
    quiet = found.agenda.by_default
    tables.draw_or_say(meeting_tables.items(quiet, timed=not found.part), "Nothing.")
    if not quiet or found.final or found.part:
        return
    once.told("review-speak")
    key, turn = once.form("review-speak")
    chosen = st.selectbox(
        "Talk about", quiet, format_func=lambda one: formats.dated(one.title), key=f"{turn}-which"
    )
    if st.button("Put it on the agenda", key=f"{turn}-speak"):
        once.do("review-speak", partial(_speak, found, chosen, key), place="review-speak")


def _upcoming(items: tuple[Item, ...]) -> None:
    if items:
        titles = (formats.md_escape(formats.dated(one.title)) for one in items)
        st.caption("Next: " + " · ".join(titles))


def _go(found: Held, item: Item, label: str, *, may: bool) -> None:
    key, turn = once.form(f"review-floor-{label}")
    if st.button(
        label,
        key=f"{turn}-go",
        type="secondary" if label == "Back" else "primary",
        disabled=not may,
    ):
        work = partial(_floor, found, item, key)
        once.do(f"review-floor-{label}", work, place="review-floor")


def _floor(found: Held, item: Item, key: str) -> str:
    there = found.log.find(floor.Floor, found.meeting.key)
    entry = floor.Floor(
        meeting=found.meeting.key,
        item=floor.name_of(item),
        began=desk.now().isoformat(),
        place=found.agenda.items.index(item),
        version=there.version if there else 0,
    )
    floor.give_floor(desk.workspace().store, **desk.call(key), body=entry.item, entry=entry)
    return formats.dated(item.title)


def _attend(key: str) -> None:
    """Note who came and who went since the list was drawn."""
    found = meeting.held()
    if found is None:
        return
    here = set(st.session_state[key])
    there = {one.person: one for one in found.log.of(review.Attendance, found.meeting.key)}
    for person in sorted(here | set(there)):
        one = there.get(person) or review.Attendance(meeting=found.meeting.key, person=person)
        presence = review.Presence.PRESENT if person in here else review.Presence.ABSENT
        stays = one.presence is presence or (
            person not in here and one.presence is not review.Presence.PRESENT
        )
        if not stays:
            _note(one.model_copy(update={"presence": presence}))


def _note(entry: review.Attendance) -> None:
    try:
        review.attend(desk.workspace().store, **desk.call(None), entry=entry)
    except TieoutError as error:
        st.toast(formats.md_escape(error.sentence), icon=":material/error:")


def _speak(found: Held, item: Item, key: str) -> str:
    amount = formats.short(Amount(item.amount, item.currency), signed=True) if item.amount else ""
    entry = review.Raised(
        meeting=found.meeting.key,
        title=item.title,
        page="Review meeting",
        view="Accepted by default",
        scope=item.scope,
        figure=amount,
        comment=item.detail,
    )
    review.raise_item(desk.workspace().store, **desk.call(key), entry=entry)
    return "It is on the agenda."

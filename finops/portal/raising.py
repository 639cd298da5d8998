"""Raising: what a page shows is put before the next meeting, or commented on, from any page."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.access.scope import viewer_of
from finops.errors import UsageError
from finops.operations import comments
from finops.operations import review
from finops.operations.sight import sight_of
from finops.portal import desk
from finops.portal import formats
from finops.portal import once
from finops.portal import scope_bar

if TYPE_CHECKING:
    from finops.operations.review import Meeting
    from finops.portal.lens import Lens
    from finops.portal.page import Page

_NAME = "raise"


class Seen(NamedTuple):
    """What somebody saw, as it was seen: page, view, scope and snapshot."""

    page: str
    view: str
    scope: str
    snapshot: str


def draw(page: Page) -> None:
    """One control: say what of this page is to be talked about, or say something about it."""
    held = _next()
    lens = scope_bar.chosen()
    if held is None or lens is None or not desk.actor().may(Permission.REVIEW):
        return
    with st.popover("Raise or comment", icon=":material/campaign:", width="stretch"):
        once.told(_NAME)
        key, turn = once.form(_NAME)
        part = desk.part_only()
        views = [v.title for v in page.views if v.wanted(lens) and (v.scoped or not part)]
        view = st.selectbox("What do you see?", views, key=f"{turn}-view-{page.title}")
        figure = st.text_input("Which figure?", key=f"{turn}-figure")
        text = st.text_area("What of it? @Name tells somebody", key=f"{turn}-text")
        snapshot = desk.snapshot()
        scope = scope_of(lens, sight_of(viewer_of(desk.actor())))
        seen = Seen(page.title, view or "", scope, snapshot.id if snapshot else "")
        if st.button("Put it on the agenda", type="primary", key=f"{turn}-raise"):
            once.do(_NAME, partial(_raise, held, seen, (figure, text), key), place=_NAME)
        if st.button("Only comment", key=f"{turn}-comment"):
            once.do(_NAME, partial(_comment, held, seen, (figure, text), key), place=_NAME)


def scope_of(lens: Lens, sight: str = "") -> str:
    """What the scope bar says: the month, the cost, its part of it; and what the reader sees."""
    parts = (
        f"{name}={value}" for name, values in lens.filters for value in sorted(map(str, values))
    )
    return "; ".join(filter(None, (str(lens.period), lens.basis.value, *parts, sight)))


def _next() -> Meeting | None:
    """The next meeting whose minutes are not final."""
    log = desk.log()
    try:
        held = review.meeting_of(log)
    except UsageError:
        return None
    return None if review.state(log, held.key) is review.State.FINAL else held


def _raise(held: Meeting, seen: Seen, said: tuple[str, str], key: str) -> str:
    figure, text = said
    entry = review.Raised(
        meeting=held.key,
        title=" ".join(text.split())[:80] or f"{seen.page}: {seen.view}",
        comment=text,
        figure=figure,
        **seen._asdict(),
    )
    review.raise_item(desk.workspace().store, **desk.call(key), entry=entry)
    return f"It is on the agenda of {formats.day(held.day)}."


def _comment(held: Meeting, seen: Seen, said: tuple[str, str], key: str) -> str:
    figure, text = said
    people = tuple(one.name for one in desk.organization().people)
    entry = comments.Comment(
        meeting=held.key,
        text=text,
        figure=figure,
        mentions=comments.mentioned(text, people),
        **seen._asdict(),
    )
    comments.comment(desk.workspace().store, **desk.call(key), entry=entry)
    return "It is said."

"""Views of statements: one owner's, line by line, with its word; and who has agreed of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.allocation.shared import NOBODY
from finops.operations.disputes import disputes_of
from finops.operations.owners import CENTER
from finops.operations.owners import may_speak
from finops.operations.owners import TEAM
from finops.operations.standing import AGREED
from finops.operations.standing import Word
from finops.portal import allocated
from finops.portal import desk
from finops.portal import exports
from finops.portal import formats
from finops.portal import once
from finops.portal import statement_forms
from finops.portal import statement_tables
from finops.portal import tables
from finops.reporting.exports import KINDS

if TYPE_CHECKING:
    from finops.operations.disputes import Dispute
    from finops.operations.telling import Told
    from finops.portal.lens import Lens

OWNER = "owner"
_BY = {TEAM: "Teams", CENTER: "Cost centers"}
CREDITED = (
    "**Savings credit**: verified on closed months; no part of the sum, as the cost has fallen."
)
_NOBODY = "Nobody answers for what no team owns; give it an owner on the page Rules."


def statement(lens: Lens) -> None:
    """The statement of one owner, where it stands, and the owner's word on it."""
    once.told(statement_forms.PLACE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.segmented_control(
            "By",
            list(_BY),
            default=TEAM,
            required=True,
            format_func=_BY.__getitem__,
            key="owned-by",
        )
        found = allocated.told(lens, by or TEAM)
        names = [one.called for one in found]
        chosen = st.selectbox(
            "Statement of", names, index=_mine(found), key=f"owner-{by}-{lens.period}", width=320
        )
    one = found[names.index(chosen)]
    st.markdown(statement_tables.sentence(one))
    tables.draw(statement_tables.lines(one))
    if one.statement.savings:
        st.markdown(CREDITED)
        tables.draw(statement_tables.credit(one))
    for told in (statement_tables.budget(one), _lacks(one)):
        if told:
            st.caption(formats.md_escape(told))
    _files(one)
    if one.statement.team == NOBODY:
        st.caption(_NOBODY)
        return
    for each in _disputes(one):
        _dispute(each)
    _word(one)


def _files(one: Told) -> None:
    """The statement to take away, with how final its month is in each line and in its name."""
    told = one.statement
    tables.offer(
        "Statement",
        {
            kind: exports.address(exports.STATEMENT, told.period, kind, owner=told.scope)
            for kind in KINDS
        },
    )


def standings(lens: Lens) -> None:
    """Every team and cost center with its word, and whether it may be charged back."""
    found = _owners(lens)
    disputed = sum(one.standing.word is Word.DISPUTED for one in found)
    ready = sum(not one.lacks for one in found)
    common = dict.fromkeys(word for one in found for word in one.of_month)
    st.markdown(
        f"**{agreed(lens)}** of {formats.month(lens.period)}; "
        f"{formats.count(disputed)} dispute{'s' if disputed == 1 else ''} a line; "
        f"{formats.count(ready)} may be charged back."
    )
    tables.draw(statement_tables.standings(found))
    if common:
        st.caption(formats.md_escape(f"Nobody may be charged back yet: {'; '.join(common)}."))


def agreed(lens: Lens) -> str:
    """How many teams and cost centers have agreed to what they bear."""
    found = _owners(lens)
    yes = sum(one.standing.word in AGREED for one in found)
    told = f"{formats.count(yes)} of {formats.count(len(found))}"
    return f"{told} teams and cost centers have agreed to what they bear"


def _owners(lens: Lens) -> list[Told]:
    """The statements that somebody answers for."""
    return [one for by in _BY for one in allocated.told(lens, by) if one.statement.team != NOBODY]


def _mine(found: tuple[Told, ...]) -> int:
    """The first statement that the reader is named as the owner of; else the first."""
    names = [one.owner for one in found]
    return names.index(desk.actor().name) if desk.actor().name in names else 0


def _lacks(one: Told) -> str:
    if not one.lacks:
        return "It may be charged back."
    return formats.dated(f"Not to be charged back yet: {'; '.join(one.lacks)}.")


def _disputes(one: Told) -> tuple[Dispute, ...]:
    """What its owner disputes, and what others ask it to bear, of that month."""
    told = one.statement
    every = disputes_of(desk.log(), month=told.period)
    return tuple(each for each in every if told.scope in {each.scope, f"{TEAM}={each.to}"})


def _dispute(one: Dispute) -> None:
    st.markdown(statement_forms.said(one))
    preview = allocated.proposal(one)
    if preview:
        table = statement_tables.proposal(preview)
        tables.draw_or_say(table, "Its rule would have moved nothing in the last closed months.")
    if one.open:
        with st.expander(f"Answer {one.key}"):
            statement_forms.answer(one)


def _word(one: Told) -> None:
    """Accept or dispute, for whoever may speak for the owner."""
    told = one.statement
    if not may_speak(desk.organization(), told.scope, told.period, desk.actor()):
        st.caption(formats.md_escape(f"{one.owner or 'Its owner'} accepts it or disputes a line."))
        return
    left, right = st.columns(2)
    if one.standing.word not in {Word.ACCEPTED, Word.DISPUTED}:
        with left.expander("Accept it"):
            statement_forms.accept(one)
    with right.expander("Dispute a line"):
        statement_forms.dispute(one)

"""Forms of the review: what is answered, decided, agreed to do, learned and said in a meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import TypeVar

import streamlit as st

from finops.core.amount import Amount
from finops.core.period import BillingPeriod
from finops.operations import actions
from finops.operations import commentary
from finops.operations import comments
from finops.operations import decisions
from finops.operations import floor
from finops.operations import outcomes
from finops.operations import preparing
from finops.operations import review
from finops.portal import desk
from finops.portal import formats
from finops.portal import writing
from finops.portal.writing import Field
from finops.portal.writing import Form
from finops.portal.writing import Shape
from finops.records.canonical import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.access.command import Call
    from finops.operations.entries import Entry
    from finops.operations.entries import Kept
    from finops.portal.meeting import Held

Kind = TypeVar("Kind", bound="Entry")

_SHORT = 8
_SCOPE = "x_Team=search; ServiceName=Amazon EC2"


def answer(found: Held) -> None:
    """Say why a team's month moved, one's own first; an answer is there to be edited."""
    name = desk.actor().name
    order = sorted(found.requests, key=lambda one: (one.answered, one.owner != name))
    if order and (one := _chosen("Request", order, "review-request")):
        st.caption(asked(one))
        writing.draw(ANSWER, one, {})


def decide(found: Held) -> None:
    """Put a decision on the record, or edit one of this meeting; its figure is frozen for it."""
    there = found.log.of(decisions.Decision, found.meeting.key)
    one = _chosen("Decision", there, "review-decision", new="A new decision")
    first = {"purpose": "save", **_on_the_floor(found)}
    writing.draw(DECIDE, one, {"meeting": found.meeting.key}, first=first)


def decide_on(found: Held, retrospective: str, team: str) -> None:
    """Put a decision on the record that comes out of a retrospective."""
    around = {"meeting": found.meeting.key, "retrospective": retrospective}
    first = {"purpose": "save", "team": team, "scope": f"x_Team={team}" if team else ""}
    writing.draw(replace(DECIDE, name="review-back"), None, around, first=first)


def act(found: Held) -> None:
    """Agree on an action, or say how far one has come."""
    there = tuple(one for one in found.log.of(actions.Action) if one.left)
    one = _chosen("Action", there, "review-action", new="A new action")
    first = {"due": str(found.meeting.day), "progress": "open"}
    writing.draw(ACT, one, {"meeting": one.meeting if one else found.meeting.key}, first=first)


def learn(found: Held) -> None:
    """Say why a decision turned out as it did, and what is learned from it."""
    there = found.log.of(outcomes.Outcome)
    if there and (one := _chosen("Outcome", there, "review-outcome")):
        writing.draw(LEARN, one, {})


def say(found: Held) -> None:
    """Say something about what stands on the agenda, and to whom."""
    items = {one.key: formats.dated(one.title) for one in found.agenda.items if one.key}
    items |= {one.key: one.choice for one in found.log.of(decisions.Decision, found.meeting.key)}
    about = st.selectbox(
        "About", ["", *items], format_func=lambda key: items.get(key, "The meeting as a whole"),
        key="review-about",
    )  # fmt: skip
    writing.draw(SAY, None, {"meeting": found.meeting.key, "about": about})


def asked(one: commentary.Commentary) -> str:
    """What a request asks: by how much the team's month moved, and what the bill says of it."""
    moved = formats.short(Amount(one.change, one.currency), signed=True)
    month = formats.month_name(BillingPeriod.parse(one.month))
    causes = f" The bill says: {one.causes}." if one.causes else ""
    return formats.md_escape(f"Why did {month} of {one.team} move by {moved}?{causes}")


def name_of(one: Entry) -> str:
    """What an entry is called where it is chosen."""
    match one:
        case commentary.Commentary():
            state = "answered" if one.answered else "unanswered"
            return f"{one.team}, {one.owner or 'nobody'}: {state}"
        case decisions.Decision():
            return f"{one.key}: {one.choice}"
        case actions.Action():
            return f"{one.title} ({one.owner})"
        case _:
            return one.key


def _on_the_floor(found: Held) -> dict[str, str]:
    """What a decision about the item that has the floor begins with."""
    items = found.agenda.items
    now = floor.now(found.log, found.meeting.key, items, at=desk.now())
    if now is None:
        return {}
    team = now.item.scope.removeprefix("x_Team=") if now.item.scope.startswith("x_Team=") else ""
    return {"owner": now.item.owner, "scope": now.item.scope, "team": team}


def _chosen(label: str, there: Sequence[Kind], place: str, *, new: str = "") -> Kind | None:
    """Let the reader choose one of what is there; None stands for a new one.

    A choice stays where somebody else gives what was chosen another name meanwhile.
    """
    known = {one.key: one for one in there}
    if not known:
        return None
    names = ({"": new} if new else {}) | {key: name_of(one) for key, one in known.items()}
    chosen, last, options = f"{place}-chosen", f"{place}-last", list(names)
    # What was chosen just now stands in the list as it was drawn last, under its names of then.
    held = st.session_state.get(st.session_state.get(last, last), st.session_state.get(chosen, ""))
    st.session_state[last] = f"{place}-{digest_of(names)[:_SHORT]}"
    key = st.selectbox(
        label,
        options,
        index=options.index(held) if held in names else 0,
        format_func=names.__getitem__,
        key=st.session_state[last],
    )
    st.session_state[chosen] = key
    return known.get(key)


def _answered(entry: commentary.Commentary, call: Call) -> Kept:
    return commentary.answer(desk.workspace().store, **call, entry=entry)


def _decided(entry: decisions.Decision, call: Call) -> Kept:
    held = review.meeting_of(desk.log(), entry.meeting)
    return preparing.decide(desk.workspace(), entry, day=held.day, call=call)


def _agreed(entry: actions.Action, call: Call) -> Kept:
    return actions.act(desk.workspace().store, **call, entry=entry)


def _learned(entry: outcomes.Outcome, call: Call) -> Kept:
    return outcomes.score(desk.workspace().store, **call, entry=entry)


def _said(entry: comments.Comment, call: Call) -> Kept:
    people = tuple(one.name for one in desk.organization().people)
    named = entry.model_copy(update={"mentions": comments.mentioned(entry.text, people)})
    return comments.comment(desk.workspace().store, **call, entry=named)


ANSWER = Form(
    name="review-answer",
    kind=commentary.Commentary,
    label="Answer",
    keep=_answered,
    fields=(
        Field("cause", "What is the cause?", Shape.TEXT),
        Field("lasting", "One-off or lasting?", Shape.CHOICE, ("one-off", "lasting")),
        Field("next_step", "Next step"),
    ),
)
DECIDE = Form(
    name="review-decide",
    kind=decisions.Decision,
    label="Put it on the record",
    keep=_decided,
    fields=(
        Field("question", "Question"),
        Field("choice", "What was chosen?"),
        Field("purpose", "Kind", Shape.CHOICE, tuple(decisions.Kind)),
        Field("owner", "Owner"),
        Field("expected", "Change of a month's cost", Shape.AMOUNT, hint="-1200 saves 1,200"),
        Field("scope", "Where will it show?", hint=_SCOPE),
        Field("due", "Due", Shape.DAY),
    ),
    more=(
        Field("context", "Context", Shape.TEXT),
        Field("options", "Options, one a line", Shape.LIST, hint="Switch it off = -300"),
        Field("drivers", "What drives it, one a line", Shape.LIST),
        Field("deciders", "Who decides, one a line", Shape.LIST),
        Field("dissent", "Dissent"),
        Field("team", "Team"),
        Field("measure", "Measured by", hint="EffectiveCost, or another measure."),
        Field("value", "For an investment: which metric must move"),
        Field("value_expected", "For an investment: by how much a month", Shape.AMOUNT),
        Field("review_day", "Look at it again on", Shape.DAY),
        Field("supersedes", "Supersedes decision"),
    ),
)
ACT = Form(
    name="review-act",
    kind=actions.Action,
    label="Agree on it",
    keep=_agreed,
    fields=(
        Field("title", "What is to be done?"),
        Field("owner", "Who does it?"),
        Field("due", "By when?", Shape.DAY),
        Field("progress", "State", Shape.CHOICE, tuple(actions.Progress)),
    ),
    more=(
        Field("next_step", "Next step"),
        Field("decision", "For which decision?"),
        Field("expected", "Change of a month's cost by itself", Shape.AMOUNT),
        Field("link", "Link"),
    ),
)
LEARN = Form(
    name="review-learn",
    kind=outcomes.Outcome,
    label="Keep it",
    keep=_learned,
    fields=(
        Field("why", "Why did it turn out so?", Shape.TEXT),
        Field("lesson", "What is learned?"),
    ),
)
SAY = Form(
    name="review-say",
    kind=comments.Comment,
    label="Say it",
    keep=_said,
    said="is said",
    fields=(Field("text", "Comment; @Name tells somebody", Shape.TEXT),),
)

"""Forms of the review: answer a request, decide, act, finalize; each once, and no words lost."""

from __future__ import annotations

from functools import partial
from typing import Any
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.errors import EditConflict
from finops.operations import actions
from finops.operations import commentary
from finops.operations import decisions
from finops.operations import minutes
from finops.operations import preparing
from finops.portal import desk
from finops.portal import formats
from finops.portal import once

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.access.command import Call
    from finops.portal.meeting import Held

_ANSWER, _DECIDE, _ACT, _CLOSE = "review-answer", "review-decide", "review-act", "review-close"
_BOTH = "review-both"


def answer(found: Held) -> None:
    """Say why a team's month moved; the newest answer is there to be edited."""
    once.told(_ANSWER)
    key, turn = once.form(_ANSWER)
    if not found.requests:
        return
    chosen = st.selectbox("Request", found.requests, format_func=_name, key=f"{turn}-request")
    one = found.log.find(commentary.Commentary, chosen.key) or chosen
    seen: commentary.Commentary = st.session_state.setdefault(f"{turn}-seen-{one.key}", one)
    with st.form(f"{turn}-form-{one.key}", enter_to_submit=False):
        cause = st.text_area("What is the cause?", one.cause, key=f"{turn}-cause-{one.key}")
        lasting = st.radio(
            "One-off or lasting?",
            ["one-off", "lasting"],
            index=None,
            horizontal=True,
            key=f"{turn}-lasting-{one.key}",
        )
        step = st.text_input("Next step", one.next_step, key=f"{turn}-step-{one.key}")
        sent = once.send("Answer", turn, Permission.REVIEW)
    if sent:
        said = {"cause": cause, "lasting": lasting or "", "next_step": step}
        entry = {**seen.model_dump(), **said}
        work = partial(_keep, commentary.answer, commentary.Commentary, entry, key)
        once.do(_ANSWER, lambda: _both(work), place=_ANSWER)
    both(_BOTH)


def decide(found: Held) -> None:
    """Capture a decision in a few words; the figure it is measured against is frozen for it."""
    once.told(_DECIDE)
    key, turn = once.form(_DECIDE)
    with st.form(f"{turn}-form", enter_to_submit=False):
        said: dict[str, Any] = {
            "question": st.text_input("Question", key=f"{turn}-question"),
            "choice": st.text_input("What was chosen?", key=f"{turn}-choice"),
            "purpose": st.selectbox("Kind", list(decisions.Kind), key=f"{turn}-kind"),
            "owner": st.text_input("Owner", key=f"{turn}-owner"),
            "expected": st.text_input(
                "Change of a month's cost (negative saves)", "0", key=f"{turn}-expected"
            ),
            "scope": st.text_input("Where will it show? (x_Team=search)", key=f"{turn}-scope"),
            "due": st.date_input("Due", None, key=f"{turn}-due"),
            "dissent": st.text_input("Dissent", key=f"{turn}-dissent"),
        }
        sent = once.send("Put it on the record", turn, Permission.REVIEW)
    if sent:

        def work() -> str:
            entry = preparing.read(decisions.Decision, {**said, "meeting": found.meeting.key})
            kept = preparing.decide(desk.workspace(), entry, day=found.meeting.day, call=_call(key))
            return f"{kept.key} is on the record."

        once.do(_DECIDE, work, place=_DECIDE)


def act(found: Held) -> None:
    """Agree on an action: what, who and by when."""
    once.told(_ACT)
    key, turn = once.form(_ACT)
    with st.form(f"{turn}-form", enter_to_submit=False):
        said: dict[str, Any] = {
            "title": st.text_input("What is to be done?", key=f"{turn}-title"),
            "owner": st.text_input("Who does it?", key=f"{turn}-owner"),
            "due": st.date_input("By when?", found.meeting.day, key=f"{turn}-due"),
            "decision": st.text_input("For which decision? (optional)", key=f"{turn}-decision"),
        }
        sent = once.send("Agree on it", turn, Permission.REVIEW)
    if sent:
        entry = {**said, "meeting": found.meeting.key}
        once.do(_ACT, partial(_keep, actions.act, actions.Action, entry, key), place=_ACT)


def finalize(found: Held) -> None:
    """Show the minutes as they are, or would be; whoever runs the meeting makes them final."""
    once.told(_CLOSE)
    key, turn = once.form(_CLOSE)
    told = minutes.told(found.log, found.meeting.key, today=desk.today())
    with st.expander("The minutes" if told.sha256 else "A preview of the minutes"):
        st.code(told.markdown, language=None, wrap_lines=True)
    if told.sha256:
        st.markdown(f"Final: SHA-256 `{told.sha256}`, sealed at event {told.sequence}.")
        return
    lines = minutes.body(found.log, found.meeting, today=desk.today())
    may = desk.actor().may(Permission.RUN_REVIEW)
    if st.button("Make the minutes final", key=f"{turn}-close", disabled=not may):

        def work() -> str:
            done = minutes.close(
                desk.workspace().store,
                **_call(key),
                meeting=found.meeting.key,
                seen=minutes.digest(lines),
                today=desk.today(),
            )
            return f"The minutes are final: {done.sha256[:12]}."

        once.do(_CLOSE, work, place=_CLOSE)


def both(place: str) -> None:
    """Show two texts of the same thing, where somebody was faster; nothing of either is lost."""
    conflict = st.session_state.get(place)
    if conflict is None:
        return
    for heading, words in (("Theirs", conflict.theirs), ("Yours", conflict.yours)):
        changed = {
            name: text
            for name, text in words.items()
            if conflict.theirs.get(name) != conflict.yours.get(name)
        }
        told = "; ".join(f"{name}: {text}" for name, text in changed.items())
        st.markdown(f"**{heading}**: {formats.md_escape(told)}")


def _both(work: Callable[[], str]) -> str:
    """Do it; where somebody was faster, keep both texts to be shown."""
    try:
        said = work()
    except EditConflict as conflict:
        st.session_state[_BOTH] = conflict
        raise
    st.session_state.pop(_BOTH, None)
    return said


def _keep(command: Any, kind: Any, entry: dict[str, Any], key: str) -> str:  # noqa: ANN401
    """Keep an entry by its command."""
    kept = command(desk.workspace().store, **_call(key), entry=preparing.read(kind, entry))
    return f"{kept.key} is on the record."


def _call(key: str) -> Call:
    return {"actor": desk.actor(), "at": desk.now(), "origin": "page", "key": key}


def _name(one: commentary.Commentary) -> str:
    return f"{one.team}, {one.owner or 'nobody'}: {'answered' if one.answered else 'unanswered'}"

"""Once: what a form asks for is done once, however often it is clicked, and then said."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING
from typing import TypeVar
from uuid import uuid4

import streamlit as st

from finops.errors import TieoutError
from finops.portal import desk
from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.access.command import Call
    from finops.access.roles import Permission

Said = TypeVar("Said")

# The run of a second click follows at once and must not wipe away what the first one did.
_SAID_FOR = 5.0


def form(name: str, begun: str = "") -> tuple[str, str]:
    """The key under which a form's request is done once, and the name of the form that has it.

    A second click carries the key of the first; after it is done its form is gone. `begun` is the
    key of the same form in an earlier session, where that was left before it was done.
    """
    key: str = st.session_state.setdefault(f"once-{name}", begun or uuid4().hex)
    return f"{name}-{key}", f"{name}-{key[:8]}"


def ask(
    name: str,
    button: tuple[str, Permission],
    fields: Callable[[str], Said],
    work: Callable[[Said, Call], str],
    *,
    place: str,
) -> None:
    """A form with its fields and a button; what was filled in is done once, and then said.

    `fields` draws them under the name of the form's turn and gives what stands in them; `work`
    does what they ask for and tells what was done, which `told(place)` says.
    """
    key, turn = form(name)
    with st.form(f"{turn}-form", enter_to_submit=False):
        said = fields(turn)
        sent = send(button[0], turn, button[1])
    if sent:
        do(name, lambda: work(said, desk.call(key)), place=place)


def do(name: str, work: Callable[[], str], *, place: str) -> None:
    """Do what a form asks; done, it becomes a new form, and `told(place)` says what was done."""
    try:
        said = work()
    except TieoutError as error:
        st.error(formats.md_escape(error.sentence), icon=":material/error:")
        return
    st.session_state[f"told-{place}"] = said
    st.session_state.pop(f"told-since-{place}", None)
    renew(name)
    st.rerun(scope="app")


def renew(name: str) -> None:
    """Lay out a new form in the place of one."""
    st.session_state[f"once-{name}"] = uuid4().hex


def told(place: str) -> None:
    """Say what was done last at a place, in the runs of the next seconds and then no more."""
    key, since = f"told-{place}", f"told-since-{place}"
    if not (said := st.session_state.get(key, "")):
        return
    if monotonic() - st.session_state.setdefault(since, monotonic()) > _SAID_FOR:
        del st.session_state[key], st.session_state[since]
        return
    st.success(formats.md_escape(said), icon=":material/check_circle:")


def send(label: str, turn: str, permission: Permission) -> bool:
    """The button that sends a form; nobody without the permission can press it."""
    return st.form_submit_button(
        label, type="primary", key=f"{turn}-send", disabled=not desk.actor().may(permission)
    )

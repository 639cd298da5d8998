"""Who may come in, as the page shows it: everybody with roles and sight, and each open session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.access import restricted
from finops.access import sign_ins
from finops.access import users
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.access.scope import require_access
from finops.portal import desk
from finops.portal import formats
from finops.portal import identity
from finops.portal import once
from finops.portal import tables

if TYPE_CHECKING:
    from finops.access.sign_ins import Session
    from finops.access.users import User

LOCAL = (
    "Nobody signs in here: whoever opens the portal on this machine may look as anybody, and has "
    "every role until then. README, Sign-in, says how to let people sign in."
)
_NEW = "Somebody new"
_PEOPLE, _SESSIONS, _SCOPES = "access-people", "access-sessions", "access-scopes"
_HOLDERS, _ALL = "Its holders alone", "Everybody"


def people() -> None:
    """Everybody who was ever added, which scopes are restricted, and a form to say otherwise."""
    actor, store = desk.actor(), desk.workspace().store
    require_access(actor)
    everybody = users.known_users(store)
    once.told(_PEOPLE)
    nobody = "Nobody has been added. `finops users set NAME` or the form below adds somebody."
    tables.wrap_or_say(tables.records("Everybody", map(_row, everybody)), nobody)
    with store.reading() as session:
        kept = tuple(one.told for one in restricted.restricted(session))
    named = tuple(formats.md_escape(one.removeprefix("x_")) for one in kept)
    scopes = formats.listing(named, most=9) or "none"
    st.caption(f"Restricted scopes, seen by those alone who hold them: {scopes}.")
    if actor.may(Permission.MANAGE_ACCESS):
        _change(everybody, kept)
        _keep_back(kept)


def sessions() -> None:
    """Each session that lasts, the latest first; one of them may be ended."""
    actor, store = desk.actor(), desk.workspace().store
    require_access(actor)
    if not identity.signs_in():
        st.markdown(LOCAL)
        return
    once.told(_SESSIONS)
    found = sign_ins.open_sessions(store, actor, at=desk.now())
    if not found:
        st.markdown("Nobody is signed in.")
        return
    table = tables.records("Open sessions, the one used last first", map(_lasting, found))
    if not actor.may(Permission.MANAGE_ACCESS):
        tables.draw(table)
        return
    _end(found[tables.pick(table, key=_SESSIONS)].name)


def _end(name: str) -> None:
    key, turn = once.form(_SESSIONS)
    with st.form(f"{turn}-form", border=False):
        label = f"Sign {formats.md_escape(name)} out everywhere"
        sent = once.send(label, turn, Permission.MANAGE_ACCESS)
    if sent:

        def work() -> str:
            ended = sign_ins.sign_out(desk.workspace().store, **desk.call(key), name=name)
            return f"{name} is signed out: {ended} session{'' if ended == 1 else 's'} ended."

        once.do(_SESSIONS, work, place=_SESSIONS)


def _change(everybody: tuple[User, ...], kept: tuple[str, ...]) -> None:
    """The form: whom, and what that person may do and see from the next look on."""
    known = {user.name: user for user in everybody}
    key, turn = once.form(_PEOPLE)
    with st.expander("Add or change a person"):
        chosen = st.selectbox("Person", (_NEW, *known), key=f"{turn}-who")
        user = known.get(chosen) or users.User(name="")
        field = f"{turn}-{len(user.name) and [*known].index(user.name) + 1}"
        with st.form(f"{field}-form", border=False, enter_to_submit=False):
            name = user.name or st.text_input("Name", key=f"{field}-name")
            change = _fields(user, kept, field)
            sent = once.send("Save the person", turn, Permission.MANAGE_ACCESS)
    if sent:

        def work() -> str:
            store = desk.workspace().store
            saved = users.set_user(store, **desk.call(key), name=name, change=change)
            return f"{saved.name}: {_told_roles(saved)}, sees {_told_sight(saved)}."

        once.do(_PEOPLE, work, place=_PEOPLE)


def _keep_back(kept: tuple[str, ...]) -> None:
    """The form: a scope that only its holders see, or one that everybody sees again."""
    key, turn = once.form(_SCOPES)
    with st.expander("Restrict or open a scope"):
        once.told(_SCOPES)
        with st.form(f"{turn}-form", border=False, enter_to_submit=False):
            with st.grid(2, min_column_width=260):
                scope = st.selectbox(
                    "Scope", dict.fromkeys((*kept, *_teams())), index=None, key=f"{turn}-scope",
                    accept_new_options=True, placeholder="team=NAME, or another dimension",
                )  # fmt: skip
                how = st.radio("Who sees it", (_HOLDERS, _ALL), horizontal=True, key=f"{turn}-how")
            sent = once.send("Save the scope", turn, Permission.MANAGE_ACCESS)
    if sent:

        def work() -> str:
            change = restricted.restrict if how == _HOLDERS else restricted.reopen
            done = change(desk.workspace().store, **desk.call(key), scope=scope or "")
            return f"{done.told.removeprefix('x_')} is seen by {str(how).lower()}."

        once.do(_SCOPES, work, place=_SCOPES)


def _teams() -> tuple[str, ...]:
    return tuple(f"x_Team={team.id}" for team in desk.organization().teams)


def _fields(user: User, kept: tuple[str, ...], key: str) -> users.Change:
    held = tuple(one.told for one in user.holds)
    with st.grid(2, min_column_width=260):
        email = st.text_input("Address", user.email, key=f"{key}-email")
        roles = st.multiselect("Roles", list(Role), list(user.roles), key=f"{key}-roles")
        offered = tuple(dict.fromkeys((*held, *kept, restricted.ALL.told)))
        holds = st.multiselect(
            "Holds", offered, held, key=f"{key}-holds", accept_new_options=True,
            help="Scopes, as team=NAME; a restricted scope is seen by those alone who hold it.",
        )  # fmt: skip
        narrow = st.checkbox("Sees only what is held", user.restricted, key=f"{key}-narrow")
        active = st.checkbox("May sign in", user.active, key=f"{key}-active")
    return users.Change(
        email=email, roles=tuple(roles), restricted=narrow, holds=tuple(holds), active=active
    )


def _row(user: User) -> dict[str, object]:
    return {
        "Person": user.name,
        "Signs in as": user.email or formats.NONE,
        "Roles": _told_roles(user),
        "Sees": _told_sight(user),
    }


def _told_roles(user: User) -> str:
    if not user.active:
        return "removed"
    return ", ".join(user.roles) or "no role"


def _told_sight(user: User) -> str:
    held = ", ".join(one.told.removeprefix("x_") for one in user.holds)
    if user.restricted:
        return f"only {held or 'nothing'}"
    return f"all that is open{f' and {held}' if held else ''}"


def _lasting(one: Session) -> dict[str, object]:
    return {
        "Who": one.name,
        "Signed in": formats.moment(one.began),
        "Last used": formats.moment(one.seen),
        "Ends at the latest": formats.moment(one.began + sign_ins.ABSOLUTE),
    }

"""`finops users`, `finops scopes`: who may do what, and which part of the cost each person sees."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from finops.cli.printing import emit
from finops.cli.printing import table
from finops.cli.session import session_of

if TYPE_CHECKING:
    from finops.access.roles import Role
    from finops.access.users import User
    from finops.cli.session import Session

Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name.")]
Scope = Annotated[str, typer.Argument(metavar="D=V", help="A part of the cost: team=NAME, say.")]

_HEAD = ("Name", "Address", "Roles", "Sees", "Holds", "")


def list_users(context: typer.Context) -> None:
    """Show everybody: address, roles, and which part of the cost each sees."""
    from finops.access.scope import require_access
    from finops.access.users import known_users

    session = session_of(context)
    with closing(session.open) as workspace:
        require_access(session.actor)
        found = known_users(workspace.store)
    rows = [tuple(_shown(user).values()) for user in found]
    body = {"users": [_document(user) for user in found]}
    emit(session, body, lambda console: console.print(table(_HEAD, rows)))


def set_user(
    context: typer.Context,
    name: Name,
    *,
    email: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="What sign-in knows the person by.")
    ] = None,
    role: Annotated[list[str] | None, typer.Option(metavar="R", help="Once for each role.")] = None,
    restricted: Annotated[
        bool | None, typer.Option("--restricted/--unrestricted", help="Sees only what is held.")
    ] = None,
    holds: Annotated[
        list[str] | None, typer.Option(metavar="D=V", help="A scope, once for each; or everything.")
    ] = None,
) -> None:
    """Add a person, or say otherwise what somebody may do and see."""
    from finops.access import users

    roles = None if role is None else tuple(map(_role, role))
    held = None if holds is None else tuple(holds)
    change = users.Change(email=email, roles=roles, restricted=restricted, holds=held, active=True)
    _set(session_of(context), name, change)


def remove(context: typer.Context, name: Name) -> None:
    """Let somebody in no longer; what that person did stays on record."""
    from finops.access import users
    from finops.errors import UsageError

    session = session_of(context)
    with closing(session.open) as workspace:
        names = {user.name for user in users.known_users(workspace.store)}
    if name not in names:
        message = f"There is no {name!r}."
        raise UsageError(message, remedy="See `finops users list`.")
    _set(session, name, users.Change(active=False))


def list_scopes(context: typer.Context) -> None:
    """Show the scopes that only their holders see."""
    from finops.access.restricted import restricted
    from finops.access.scope import require_access

    session = session_of(context)
    with closing(session.open) as workspace:
        require_access(session.actor)
        with workspace.store.reading() as records:
            found = restricted(records)
    body = {"restricted": [{"dimension": one.dimension, "value": one.value} for one in found]}
    emit(session, body, lambda console: console.print(table(("Dimension", "Value"), found)))


def restrict(context: typer.Context, scope: Scope) -> None:
    """Keep a part of the cost from everybody who does not hold it."""
    _mark(context, scope, "restrict")


def open_scope(context: typer.Context, scope: Scope) -> None:
    """Show a part of the cost to everybody again."""
    _mark(context, scope, "reopen")


def _mark(context: typer.Context, scope: str, how: str) -> None:
    from finops.access import restricted as room

    session = session_of(context)
    with closing(session.open) as workspace:
        command = room.restrict if how == "restrict" else room.reopen
        found = command(
            workspace.store, actor=session.actor, at=session.moment, origin="cli", scope=scope
        )
    state = "restricted" if how == "restrict" else "open"
    body = {"dimension": found.dimension, "value": found.value, "state": state}
    emit(session, body, lambda console: console.print(f"{found.told} is {state}.", markup=False))


def _set(session: Session, name: str, change: object) -> None:
    from finops.access import users

    with closing(session.open) as workspace:
        done = users.set_user(
            workspace.store,
            actor=session.actor,
            at=session.moment,
            origin="cli",
            name=name,
            change=change,
        )
    rows = [tuple(_shown(done).values())]
    emit(session, _document(done), lambda console: console.print(table(_HEAD, rows)))


def _role(text: str) -> Role:
    from finops.access.roles import Role
    from finops.errors import UsageError

    try:
        return Role(text.strip().lower())
    except ValueError as error:
        message = f"There is no role {text!r}."
        raise UsageError(message, remedy=f"There are {', '.join(Role)}.") from error


def _shown(user: User) -> dict[str, str]:
    return {
        "name": user.name,
        "email": user.email,
        "roles": ", ".join(user.roles),
        "sees": "what is held" if user.restricted else "all that is open",
        "holds": ", ".join(one.told for one in user.holds),
        "state": "" if user.active else "removed",
    }


def _document(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "email": user.email,
        "roles": list(user.roles),
        "restricted": user.restricted,
        "holds": [one.told for one in user.holds],
        "active": user.active,
    }

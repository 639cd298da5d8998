"""What an actor may see of the cost: all, or a part, and then nothing that tells of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.roles import Permission
from finops.core.scope import Viewer
from finops.errors import NotAllowed

if TYPE_CHECKING:
    from finops.access.actor import Actor


def viewer_of(actor: Actor) -> Viewer:
    """The viewer that a scope carries, with what the actor may see now."""
    return Viewer(actor.name, sees=actor.sees, hidden=actor.hidden)


def require_whole(actor: Actor, what: str) -> None:
    """Go on only for somebody who sees all cost: a total would tell what the rest is.

    Raises:
        NotAllowed: a part of the cost is kept from this actor.
    """
    if viewer_of(actor).limited:
        message = f"{what} is about all cost, and {actor.name} sees a part of it."
        raise NotAllowed(message, remedy=_REMEDY)


def sees_scope(viewer: Viewer, scope: str) -> bool:
    """Whether all that a scope (`x_Team=search; ServiceName=Disks`) is about may be seen.

    It must itself name what the viewer's sight is limited by: a scope of another dimension may
    hold charges that are kept back, and so does one that names nothing.
    """
    named = _named(scope)
    among = all(name in named and named[name] <= values for name, values in viewer.sees)
    apart = all(name in named and not named[name] & values for name, values in viewer.hidden)
    return among and apart


def require_access(actor: Actor) -> None:
    """Go on only for somebody who may know whom there is and what each sees.

    Whoever manages access names scopes; everybody else must see all that they are names of.

    Raises:
        NotAllowed: this person may not.
    """
    actor.require(Permission.READ_AUDIT)
    if not actor.may(Permission.MANAGE_ACCESS):
        require_whole(actor, "Who sees what")


def require_sight(actor: Actor, dimension: str, value: str) -> None:
    """Go on only if what has this value of a dimension may be seen, whatever else it has.

    Raises:
        NotAllowed: it is kept from this actor; the sentence does not say what there is.
    """
    among = all(dimension == name and value in values for name, values in actor.sees)
    if not among or any(dimension == name and value in values for name, values in actor.hidden):
        message = f"{actor.name} does not see {value!r}."
        raise NotAllowed(message, remedy=_REMEDY)


def require_named(actor: Actor, scope: str) -> None:
    """Go on only if nothing that a scope names is kept from this actor; it may name nothing.

    Raises:
        NotAllowed: it names what this actor does not see.
    """
    named = _named(scope)
    kept = [value for name, values in actor.sees for value in named.get(name, set()) - values]
    kept += [value for name, values in actor.hidden for value in named.get(name, set()) & values]
    if kept:
        message = f"{actor.name} does not see {min(kept)!r}."
        raise NotAllowed(message, remedy=_REMEDY)


def _named(scope: str) -> dict[str, set[str]]:
    """What a scope such as `2026-10; x_Team=search` names, by dimension."""
    named: dict[str, set[str]] = {}
    for name, sign, value in (one.partition("=") for one in scope.split(";")):
        if sign:
            named.setdefault(name.strip(), set()).add(value.strip())
    return named


_REMEDY = "Ask whoever manages access for the scope that lacks."

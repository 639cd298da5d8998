"""Users: the people who may sign in, what each may do, and which part of the cost each sees.

Everybody reads all cost, but for restricted scopes, which only their holders see. A restricted
person sees what he or she holds, and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.actor import Actor
from finops.access.command import command
from finops.access.command import no_part
from finops.access.restricted import ALL
from finops.access.restricted import Part
from finops.access.restricted import part
from finops.access.restricted import restricted
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.access.workspace import organization_at
from finops.errors import UsageError
from finops.records.models import PortalUser
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.records.store import Store

_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class User:
    """One person: `email` is what the sign-in service vouches for, an address or its subject.

    Who is not `active` may not sign in and do nothing.
    """

    name: str
    email: str = ""
    roles: tuple[Role, ...] = ()
    restricted: bool = False
    holds: tuple[Part, ...] = ()
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to be said otherwise of a person; None leaves it as it is."""

    email: str | None = None
    roles: tuple[Role, ...] | None = None
    restricted: bool | None = None
    holds: tuple[str, ...] | None = None
    active: bool | None = None


@command("users.set", permission=Permission.MANAGE_ACCESS, within=no_part)
def set_user(transaction: Transaction, *, name: str, change: Change) -> User:
    """Add a person, or say otherwise what somebody may do and see; holds at the next rerun."""
    session = transaction.session
    known = {user.name: user for user in users(session)}
    name = _named(name, known)
    before = known.get(name)
    after = _changed(before or User(name=name), change, session)
    _fits(after, (user for user in known.values() if user.name != name))
    session.add(_row(after, transaction.revision))
    transaction.record(subject=name, before=_told(before), after=_told(after))
    return after


def users(session: Session) -> tuple[User, ...]:
    """Everybody as somebody said last, by name."""
    return tuple(_user(row) for row in newest(session, PortalUser))


def known_users(store: Store) -> tuple[User, ...]:
    """Everybody who was ever added, by name."""
    with store.reading() as session:
        return users(session)


class People(NamedTuple):
    """Everybody who was ever added, by name, and the scopes that only their holders see."""

    users: tuple[User, ...]
    restricted: tuple[Part, ...]

    def actor(self, name: str) -> Actor | None:
        """The person of that name as an actor; None where nobody is."""
        found = next((user for user in self.users if user.name == name), None)
        return actor_of(found, self.restricted) if found else None


def people_of(store: Store) -> People:
    """Everybody with roles and sight of now."""
    with store.reading() as session:
        return People(users(session), restricted(session))


def actor_named(session: Session, name: str) -> Actor | None:
    """The person of that name as an actor, with roles and sight of now; None where nobody is."""
    return People(users(session), restricted(session)).actor(name)


def actor_of(user: User, kept: Iterable[Part]) -> Actor:
    """A person as an actor; `kept` are the restricted scopes."""
    if not user.active:
        return Actor(user.name, sees=(("x_Team", frozenset()),))
    held = set(user.holds)
    hidden = () if ALL in held else tuple(one for one in kept if one not in held)
    sees = _by_dimension(user.holds) or (("x_Team", frozenset[str]()),)
    return Actor(
        user.name,
        frozenset(user.roles),
        sees=sees if user.restricted else (),
        hidden=_by_dimension(hidden),
    )


def _by_dimension(parts: Iterable[Part]) -> tuple[tuple[str, frozenset[str]], ...]:
    found: dict[str, set[str]] = {}
    for one in parts:
        found.setdefault(one.dimension, set()).add(one.value)
    return tuple((name, frozenset(values)) for name, values in sorted(found.items()))


def _named(name: str, known: Iterable[str]) -> str:
    """The name as it is written: a known one whatever its case, so that nobody is there twice."""
    said = " ".join(name.split())
    if not said or len(said) > _LONGEST or not said.isprintable():
        message = f"A person needs a name of at most {_LONGEST} letters."
        raise UsageError(message)
    return next((one for one in known if one.casefold() == said.casefold()), said)


def _changed(user: User, change: Change, session: Session) -> User:
    organization = organization_at(session)
    said = {name: value for name, value in vars(change).items() if value is not None}
    if change.holds is not None:
        said["holds"] = tuple(dict.fromkeys(part(one, organization) for one in change.holds))
    if change.email is not None:
        said["email"] = change.email.strip().casefold()
    if change.roles is not None:
        said["roles"] = tuple(role for role in Role if role in change.roles)
    return replace(user, **said)


def _fits(user: User, others: Iterable[User]) -> None:
    """Refuse what would let two persons be one, or what could not be kept apart."""
    taken = next((one for one in others if user.email and one.email == user.email), None)
    if taken:
        message = f"{user.email} is {taken.name}'s already."
        raise UsageError(message, remedy="An address is one person's.")
    if user.email.count("@") > 1 or not user.email.isprintable() or " " in user.email:
        message = f"{user.email!r} is no address."
        raise UsageError(message, remedy="Write name@example.com, or the subject of the service.")
    if user.restricted and (ALL in user.holds or len({one.dimension for one in user.holds}) > 1):
        message = "A restricted person holds scopes of one dimension."
        raise UsageError(message, remedy="Hold teams, or accounts, or cost centers.")


def _row(user: User, revision: int) -> PortalUser:
    return PortalUser(
        revision=revision,
        name=user.name,
        email=user.email,
        roles=json.dumps(user.roles),
        restricted="yes" if user.restricted else "",
        holds=json.dumps(user.holds),
        active="yes" if user.active else "",
    )


def _user(row: PortalUser) -> User:
    return User(
        name=row.name,
        email=row.email,
        roles=tuple(map(Role, json.loads(row.roles))),
        restricted=bool(row.restricted),
        holds=tuple(Part(*each) for each in json.loads(row.holds)),
        active=bool(row.active),
    )


def _told(user: User | None) -> dict[str, object] | None:
    """A person as the audit tells it."""
    if user is None:
        return None
    held = [one.told for one in user.holds]
    return asdict(user) | {"roles": [str(role) for role in user.roles], "holds": held}

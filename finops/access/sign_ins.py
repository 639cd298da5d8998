"""Sign-ins: who a sign-in service vouches for, as a session of our own that ends and can be ended.

The cookie of the portal lives for a month and is looked at by nobody. So each sign-in is a session
here: over after 8 hours, or half an hour without use, or when somebody ends it. Roles and sight
are read each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from sqlmodel import col
from sqlmodel import select

from finops.access.command import command
from finops.access.command import no_part
from finops.access.roles import Permission
from finops.access.users import actor_of
from finops.access.users import people_of
from finops.errors import NotAllowed
from finops.errors import NotSignedIn
from finops.records import activity
from finops.records.canonical import digest_of
from finops.records.models import PortalSession
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from sqlmodel import Session as Records

    from finops.access.actor import Actor
    from finops.access.command import Transaction
    from finops.access.users import People
    from finops.access.users import User
    from finops.records.store import Store

ABSOLUTE = timedelta(hours=8)
"""How long a session lasts, used or not."""

IDLE = timedelta(minutes=30)
"""How long a session lasts without use."""

_NOTED = timedelta(minutes=1)
"""How often it is noted that a session is in use."""

_OPEN, _ENDED = "open", "ended"
_SHORT = 8
_NEVER = 2**40


class Claims(NamedTuple):
    """What a sign-in service says; moments in seconds since 1970, 0 where it says none."""

    issuer: str
    subject: str
    email: str
    verified: bool
    issued: float
    expires: float
    nonce: str

    @property
    def key(self) -> str:
        """The name of this one sign-in; another one of the same person has another."""
        return digest_of([self.issuer, self.subject, str(self.issued), self.nonce])

    def are_of(self, user: User) -> bool:
        """Whether they are a person's: by an address that is vouched for, or by the subject."""
        if "@" in user.email:
            return self.verified and self.email == user.email
        return bool(user.email) and self.subject.casefold() == user.email


@dataclass(frozen=True)
class Session:
    """A sign-in of somebody: when it began and was used last, and whether it is over."""

    key: str
    name: str
    began: datetime
    seen: datetime
    ended: bool = False

    def over(self, at: datetime) -> str:
        """Why it is over at a moment; nothing while it lasts."""
        if self.ended:
            return "You are signed out."
        if at >= self.began + ABSOLUTE:
            return "You signed in more than 8 hours ago."
        return "Nothing happened here for half an hour." if at >= self.seen + IDLE else ""


def claims_of(told: Mapping[str, Any]) -> Claims | None:
    """What a sign-in service says of a person; None where nobody is signed in."""
    if not told.get("is_logged_in") or not told.get("sub"):
        return None
    return Claims(
        str(told.get("iss") or ""),
        str(told["sub"]),
        str(told.get("email") or "").strip().casefold(),
        told.get("email_verified") is True,
        _seconds(told.get("iat")),
        _seconds(told.get("exp")),
        str(told.get("nonce") or ""),
    )


@command("session.begin", permission=Permission.SIGN_IN, within=no_part)
def begin(transaction: Transaction, *, which: str) -> Session:
    """Somebody signed in."""
    name, at = transaction.actor.name, transaction.at
    row = PortalSession(
        revision=transaction.revision, key=which, name=name, began=at.isoformat(), state=_OPEN
    )
    transaction.session.add(row)
    transaction.record(subject=f"session {which[:_SHORT]}")
    return Session(which, name, at, at)


@command("session.end", permission=Permission.SIGN_IN, within=no_part)
def end(transaction: Transaction, *, which: str) -> int:
    """End a session of one's own: whatever browser it is open in, it may do nothing more."""
    return _end(transaction, transaction.actor.name, which)


@command("users.sign-out", permission=Permission.MANAGE_ACCESS, within=no_part)
def sign_out(transaction: Transaction, *, name: str) -> int:
    """End every session of a person."""
    return _end(transaction, name)


def _end(transaction: Transaction, name: str, key: str = "") -> int:
    rows = newest(transaction.session, PortalSession)
    mine = [row for row in rows if row.name == name and row.state == _OPEN and key in {"", row.key}]
    for row in mine:
        ended = PortalSession(
            revision=transaction.revision, key=row.key, name=name, began=row.began, state=_ENDED
        )
        transaction.session.add(ended)
    transaction.record(subject=name, after=[f"session {row.key[:_SHORT]}" for row in mine])
    return len(mine)


def admit(
    store: Store, told: Mapping[str, Any], *, at: datetime, people: People | None = None
) -> Actor:
    """The person who is signed in, with roles and sight of now; the session is in use.

    `told` are the claims of the sign-in service, from a cookie whose signature was proved;
    `people` is everybody as of now, where that has been read already.

    Raises:
        NotSignedIn: nobody is, or the session is over; whoever signs in again may go on.
        NotAllowed: the person is none of ours.
    """
    claims = claims_of(told)
    if claims is None:
        message = "Nobody is signed in."
        raise NotSignedIn(message)
    everybody, kept = people or people_of(store)
    with store.reading() as session:
        found = _held(session, claims.key)
        last = activity.seen(session, claims.key)
    actor = actor_of(_known(claims, everybody), kept)
    held = found or _begun(store, claims, actor, at)
    seen = max(last or held.began, held.began)
    if why := replace(held, seen=seen).over(at):
        raise NotSignedIn(why)
    if held.name != actor.name:
        message = "This session is somebody else's."
        raise NotSignedIn(message)
    if last is None or at >= seen + _NOTED:
        activity.note(store, claims.key, at)
    return actor


def open_sessions(store: Store, actor: Actor, *, at: datetime) -> tuple[Session, ...]:
    """Every session that lasts, the latest first.

    Raises:
        NotAllowed: the actor may not read the audit.
    """
    actor.require(Permission.READ_AUDIT)
    with store.reading() as session:
        begun = [_session(row) for row in newest(session, PortalSession)]
        seen = {one.key: activity.seen(session, one.key) for one in begun}
    found = [replace(one, seen=seen[one.key] or one.began) for one in begun]
    return tuple(sorted((one for one in found if not one.over(at)), key=_latest, reverse=True))


def _latest(one: Session) -> datetime:
    return one.seen


def _known(claims: Claims, everybody: Iterable[User]) -> User:
    found = next((user for user in everybody if user.active and claims.are_of(user)), None)
    if found is None:
        who = claims.email or claims.subject
        message = f"{who} is not known here."
        if claims.email and not claims.verified:
            message = f"The sign-in service does not vouch for {who}."
        raise NotAllowed(message, remedy="Ask whoever manages access to add you.")
    return found


def _begun(store: Store, claims: Claims, actor: Actor, at: datetime) -> Session:
    """A new session, if what the service says is not stale; two tabs at once begin one."""
    now = at.timestamp()
    if claims.expires <= now or claims.issued <= now - ABSOLUTE.total_seconds():
        message = "What the sign-in service said is too old."
        raise NotSignedIn(message)
    key = claims.key
    return begin(store, actor=actor, at=at, origin="sign-in", key=f"session-{key}", which=key)


def _held(session: Records, key: str) -> Session | None:
    rows = select(PortalSession).where(PortalSession.key == key)
    last = session.exec(rows.order_by(col(PortalSession.revision).desc()).limit(1)).first()
    return _session(last) if last else None


def _session(row: PortalSession) -> Session:
    began = datetime.fromisoformat(row.began)
    return Session(row.key, row.name, began, began, row.state == _ENDED)


def _seconds(told: object) -> float:
    """Seconds since 1970, as services write them: a number, or nothing that can be used."""
    if isinstance(told, bool) or not isinstance(told, int | float):
        return 0.0
    return float(told) if 0 <= told < _NEVER else 0.0

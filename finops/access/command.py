"""Commands: the one way anything is written — allowed, whole or not at all, once, on the record.

    @command("rates.add", permission=Permission.WRITE_RATES)
    def add_rates(transaction: Transaction, *, rates: tuple[Rate, ...]) -> RatesAdded: ...

    add_rates(store, actor=actor, at=moment, key=key, origin="cli", rates=rates)

A command that must not be done raises, and nothing is written. It draws nothing on a screen and
calls no other command.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import UTC
from functools import update_wrapper
from typing import Any
from typing import Generic
from typing import TYPE_CHECKING
from typing import TypedDict
from typing import TypeVar
from uuid import uuid4

from finops.access.answers import read_answer
from finops.access.answers import write_answer
from finops.access.scope import require_named
from finops.access.scope import require_sight
from finops.access.scope import require_whole
from finops.errors import Conflict
from finops.records import audit
from finops.records import heads
from finops.records.canonical import canonical_json
from finops.records.canonical import digest_of
from finops.records.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import datetime

    from sqlmodel import Session

    from finops.access.actor import Actor
    from finops.access.roles import Permission
    from finops.records.store import Store

    Touches = Callable[..., Iterable[tuple[str, str]] | str]

Result = TypeVar("Result")


class Call(TypedDict):
    """What every command is called with: who does it, when, from where, and its key."""

    actor: Actor
    at: datetime
    origin: str
    key: str | None


@dataclass
class Transaction:
    """What a command works with.

    `revision` is the sequence that the audit event will have; every row the command writes
    carries it. `at` is aware, in UTC.
    """

    session: Session
    revision: int
    actor: Actor
    at: datetime
    told: dict[str, object] = field(default_factory=dict)

    def record(self, *, subject: str, before: object = None, after: object = None) -> None:
        """Say for the audit what the command was about and what it changed, once."""
        if self.told:
            message = "A command records its change once."
            raise RuntimeError(message)
        self.told = {"subject": subject, "before": before, "after": after}


class Command(Generic[Result]):
    """A function that writes, with its name and the permission that it needs."""

    def __init__(
        self,
        function: Callable[..., Result],
        name: str,
        permission: Permission,
        within: Touches | None = None,
    ) -> None:
        self.name = name
        self.permission = permission
        self.within = within
        self._function = function
        update_wrapper(self, function)

    def __call__(
        self,
        store: Store,
        /,
        *,
        actor: Actor,
        at: datetime,
        origin: str,
        key: str | None = None,
        body: object = None,
        **arguments: Any,  # noqa: ANN401
    ) -> Result:
        """Do it once.

        `key` is the idempotency key: with a key that has been used for the same, the first answer
        is given again and nothing is done. `origin` says where it came from (cli, page, …).
        `body` stands for the arguments when two calls are compared; without it they are
        compared by their canonical JSON (`finops.records.canonical`).

        Raises:
            NotAllowed: none of the actor's roles may do this, or it is about more than is seen.
            Conflict: the key has been used for something else, or somebody else writes for ever.
        """
        self._require(actor, arguments)
        asked = arguments if body is None else body
        body_hash = digest_of({"command": self.name, "actor": actor.name, "body": asked})
        with store.writing() as session:
            earlier = audit.find(session, key) if key else None
            if earlier:
                return self._again(earlier, body_hash)
            revision = audit.head(session).sequence + 1
            transaction = Transaction(session, revision, actor, _utc(at))
            answer = self._function(transaction, **arguments)
            event = {"command": self.name, "key": key or uuid4().hex, "origin": origin}
            told = _event(transaction, answer, **event, body_hash=body_hash)
            audit.append(session, told)
        if store.heads:
            heads.note(store.heads, audit.Head(told.sequence, told.hash))
        return answer

    def _require(self, actor: Actor, arguments: dict[str, Any]) -> None:
        """Whoever sees a part of the cost writes about that part, where a command has parts."""
        actor.require(self.permission)
        if self.within is None:
            require_whole(actor, self.name)
            return
        told = self.within(**arguments)
        if isinstance(told, str):
            require_named(actor, told)
            return
        for dimension, value in told:
            require_sight(actor, dimension, value)

    def _again(self, event: AuditEvent, body_hash: str) -> Result:
        if event.body_hash != body_hash:
            message = f"The key {event.key!r} stands for another request, event {event.sequence}."
            raise Conflict(message, remedy="Nothing was written; use a new key.")
        try:
            answer: Result = read_answer(event.answer)
        except (LookupError, TypeError, ValueError) as error:
            message = f"This has been done already, as event {event.sequence} at {event.at}."
            raise Conflict(message) from error
        return answer


def command(
    name: str, *, permission: Permission, within: Touches | None = None
) -> Callable[[Callable[..., Result]], Command[Result]]:
    """Make a function a command: `function(transaction, *, …) -> answer`.

    The answer is a frozen dataclass of plain values (`finops.access.answers`). `within` says from
    the arguments which parts of the cost are written about, each a dimension and its value, or a
    scope's words; a command that does not say is given by nobody who sees a part only.
    """

    def mark(function: Callable[..., Result]) -> Command[Result]:
        return Command(function, name, permission, within)

    return mark


def no_part(**_: object) -> tuple[tuple[str, str], ...]:
    """For `within`: a command that is about no part of the cost."""
    return ()


def is_command(function: object) -> bool:
    """Whether something is a command."""
    return isinstance(function, Command)


def _event(transaction: Transaction, answer: object, **call: str) -> AuditEvent:
    """The event of one call: what the command told, and what it was called with."""
    told = transaction.told
    return AuditEvent(
        sequence=transaction.revision,
        at=transaction.at.isoformat(),
        actor=transaction.actor.name,
        subject=str(told.get("subject", "")),
        before=canonical_json(told.get("before")),
        after=canonical_json(told.get("after")),
        answer=write_answer(answer),
        **call,
    )


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        message = "The moment of a command has a time zone."
        raise ValueError(message)
    return at.astimezone(UTC)

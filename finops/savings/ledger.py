"""Ledger: every saving as it stands, every step that it took, and one more step."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import TypeVar

from pydantic import BaseModel

from finops.errors import Conflict
from finops.errors import UsageError
from finops.records import savings
from finops.records.canonical import canonical_json
from finops.records.models import SavingsEntry
from finops.savings.saving import NEXT
from finops.savings.saving import Saving
from finops.savings.saving import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace

SAVING = "saving"

Kind = TypeVar("Kind", bound=BaseModel)


@dataclass(frozen=True)
class Kept:
    """The name of a saving, and the state that it is in now."""

    key: str
    state: str


def savings_of(workspace: Workspace, *, today: date) -> tuple[Saving, ...]:
    """Every saving as it stands, in the order in which they were proposed."""
    with workspace.store.reading() as session:
        return savings_in(session, today=today)


def savings_in(session: Session, *, today: date) -> tuple[Saving, ...]:
    """The same, inside a transaction."""
    return tuple(_read(row).on(today) for row in savings.entries(session, SAVING))


def history(workspace: Workspace, key: str) -> tuple[Saving, ...]:
    """Every version of a saving, the first one first."""
    with workspace.store.reading() as session:
        return tuple(_read(row) for row in savings.versions(session, SAVING, key))


def find(workspace: Workspace, key: str, *, today: date) -> Saving:
    """The saving of a name.

    Raises:
        UsageError: there is none.
    """
    with workspace.store.reading() as session:
        return require(session, key, today=today)


def require(session: Session, key: str, *, today: date) -> Saving:
    """The same, inside a transaction.

    Raises:
        UsageError: there is none.
    """
    row = savings.last(session, SAVING, key.strip().upper())
    if row is None:
        message = f"There is no saving {key!r}."
        raise UsageError(message, remedy="`finops savings list` lists them with their keys.")
    return _read(row).on(today)


def follow(session: Session, key: str, state: State, *, team: str, today: date) -> Saving:
    """The saving that is to be taken into a state, where that may follow its own.

    Raises:
        UsageError: there is none.
        Conflict: the state cannot follow, or it is another team's by now.
    """
    now = require(session, key, today=today)
    if state not in NEXT.get(now.state, ()):
        message = f"Saving {now.key} is {now.state} and cannot become {state}."
        may = ", ".join(NEXT.get(now.state, ())) or "nothing any more"
        raise Conflict(message, remedy=f"It may become: {may}.")
    if now.team != team:
        message = f"Saving {now.key} is of {now.team}, not of {team}."
        raise Conflict(message, remedy="Look at it again.")
    return now


def put(
    transaction: Transaction,
    saving: Saving,
    *,
    before: Saving | None = None,
    beside: Mapping[str, object] | None = None,
) -> Kept:
    """Write a version of a saving and say so for the audit; a new one gets its name.

    `beside` is what the same event changed besides the saving.
    """
    key = saving.key or f"S{transaction.revision}"
    write(transaction, SAVING, key, saving.words())
    former = before.words() if before else None
    after = {**saving.words(), **(beside or {})}
    transaction.record(subject=f"saving {key}", before=former, after=after)
    return Kept(key, saving.state.value)


def write(transaction: Transaction, kind: str, key: str, body: object) -> None:
    """Write one row of a kind; the newest of a key holds."""
    transaction.session.add(
        SavingsEntry(
            revision=transaction.revision,
            kind=kind,
            key=key,
            actor=transaction.actor.name,
            at=transaction.at.isoformat(),
            body=canonical_json(body),
        )
    )


def read_all(session: Session, kind: str, shape: type[Kind]) -> tuple[Kind, ...]:
    """Everything of another kind, as its class."""
    rows: Iterable[SavingsEntry] = savings.entries(session, kind)
    return tuple(shape.model_validate(json.loads(row.body)) for row in rows)


def _read(row: SavingsEntry) -> Saving:
    return Saving.model_validate(
        {**json.loads(row.body), "key": row.key, "version": row.revision},
    )

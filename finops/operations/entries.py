"""Entries: everything that is written for a meeting, version by version, and nobody's words lost.

An edit names the version that its writer saw. If somebody else was faster, nothing is written and
both texts come back (`EditConflict`); what then shall hold is a new edit of the newest version.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import cast
from typing import ClassVar
from typing import TYPE_CHECKING
from typing import TypeVar

from pydantic import BaseModel
from pydantic import ConfigDict

from finops.errors import Conflict
from finops.errors import EditConflict
from finops.records import audit
from finops.records.canonical import canonical_json
from finops.records.models import ReviewEntry
from finops.records.review import entries
from finops.records.review import last
from finops.records.review import versions

if TYPE_CHECKING:
    from sqlmodel import Session

    from finops.access.command import Transaction
    from finops.access.workspace import Workspace

MINUTES = "minutes"
"""The kind of what makes a meeting final: once there, nothing of the meeting is edited."""

_AROUND = {"key", "meeting", "version", "by", "at"}


class Entry(BaseModel):
    """One version of something that was written for a meeting.

    `version` is 0 before it is kept; an edit carries the version that it was made from. `by` and
    `at` say who wrote this version, and when.
    """

    model_config = ConfigDict(frozen=True)

    kind: ClassVar[str] = ""
    letter: ClassVar[str] = ""
    after_minutes: ClassVar[bool] = False
    """Whether it may still be written when the minutes of its meeting are final."""

    key: str = ""
    meeting: str = ""
    version: int = 0
    by: str = ""
    at: str = ""

    def __body__(self) -> dict[str, object]:
        """What two requests are compared by."""
        return self.model_dump(mode="json", exclude={"by", "at"})

    def words(self) -> dict[str, object]:
        """What was written, by field, without who and when."""
        return self.model_dump(mode="json", exclude=_AROUND)


Kind = TypeVar("Kind", bound=Entry)


@dataclass(frozen=True)
class Kept:
    """The name of what was written, and the version that it now has."""

    key: str
    version: int


@dataclass(frozen=True)
class Log:
    """The newest version of everything that was written for meetings.

    `where` is the seal of the first event of the workspace that it was written in; no other one's
    is the same. It never changes, so each kind is read from its rows once.
    """

    rows: tuple[ReviewEntry, ...]
    where: str = ""
    _read: dict[type[Entry], tuple[Entry, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of(self, kind: type[Kind], meeting: str | None = None) -> tuple[Kind, ...]:
        """Everything of one kind in the order it was begun; of one meeting where it is named."""
        if kind not in self._read:
            rows = (row for row in self.rows if row.kind == kind.kind)
            self._read[kind] = tuple(_read(kind, row) for row in rows)
        every = cast("tuple[Kind, ...]", self._read[kind])
        return every if meeting is None else tuple(one for one in every if one.meeting == meeting)

    @cached_property
    def revision(self) -> int:
        """The revision of what was written last; 0 where nothing was."""
        return max((row.revision for row in self.rows), default=0)

    def find(self, kind: type[Kind], key: str) -> Kind | None:
        """The one of that name, if there is one."""
        return next((one for one in self.of(kind) if one.key == key), None)


def log_of(workspace: Workspace) -> Log:
    """What was written for meetings, as it stands now."""
    with workspace.store.reading() as session:
        return log_in(session)


def log_in(session: Session) -> Log:
    """The same, inside a transaction."""
    return Log(tuple(sorted(entries(session), key=_number)), audit.at(session, 1).hash)


def history(workspace: Workspace, kind: type[Kind], key: str) -> tuple[Kind, ...]:
    """Every version of one thing, the first one first."""
    with workspace.store.reading() as session:
        return tuple(_read(kind, row) for row in versions(session, kind.kind, key))


def find(session: Session, kind: type[Kind], key: str) -> Kind | None:
    """The newest version of one thing."""
    row = last(session, kind.kind, key)
    return _read(kind, row) if row else None


def write(transaction: Transaction, entry: Entry) -> Kept:
    """Write a version of something; one without a key is new and gets one.

    Raises:
        EditConflict: somebody else has changed it since the version that the writer saw.
        Conflict: the minutes of its meeting are final.
    """
    session = transaction.session
    if not entry.after_minutes:
        hold_open(session, entry.meeting)
    there = find(session, type(entry), entry.key) if entry.key else None
    if (there.version if there else 0) != entry.version:
        raise _conflict(there, entry)
    key = entry.key or f"{entry.letter}{transaction.revision}"
    session.add(
        ReviewEntry(
            revision=transaction.revision,
            kind=entry.kind,
            key=key,
            meeting=entry.meeting,
            actor=transaction.actor.name,
            at=transaction.at.isoformat(),
            body=canonical_json(entry.words()),
        )
    )
    return Kept(key, transaction.revision)


def put(transaction: Transaction, entry: Entry) -> Kept:
    """Write a version of something, and say so for the audit.

    Raises:
        EditConflict: somebody else has changed it since the version that the writer saw.
        Conflict: the minutes of its meeting are final.
    """
    there = find(transaction.session, type(entry), entry.key) if entry.key else None
    kept = write(transaction, entry)
    before = there.words() if there else None
    transaction.record(subject=f"{entry.kind} {kept.key}", before=before, after=entry.words())
    return kept


def hold_open(session: Session, meeting: str) -> None:
    """Refuse to change a meeting whose minutes are final.

    Raises:
        Conflict: they are.
    """
    if meeting and last(session, MINUTES, meeting):
        message = f"The minutes of meeting {meeting} are final."
        remedy = "Decide anew in the next meeting, and say which decision that supersedes."
        raise Conflict(message, remedy=remedy)


def _read(kind: type[Kind], row: ReviewEntry) -> Kind:
    around = {"key": row.key, "meeting": row.meeting, "version": row.revision}
    return kind.model_validate(
        {**json.loads(row.body), **around, "by": row.actor, "at": row.at},
    )


def _conflict(there: Entry | None, entry: Entry) -> EditConflict:
    who = f"{there.by} wrote {there.kind} {there.key}" if there else f"{entry.key} is not there"
    message = f"{who} while you were writing." if there else f"{who}."
    theirs, version = (there.words(), there.version) if there else ({}, 0)
    return EditConflict(message, theirs=theirs, yours=entry.words(), version=version)


def _number(row: ReviewEntry) -> tuple[int, str]:
    """Things in the order in which they were begun: their names end in a revision."""
    digits = row.key.lstrip("SMRDACTX")
    return (int(digits) if digits.isdigit() else 0, row.key)

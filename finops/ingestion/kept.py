"""Kept: rows that people brought go on the record once; what is there already changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from typing import Generic
from typing import TYPE_CHECKING
from typing import TypeVar

from finops.ingestion.commit import NothingNew
from finops.ingestion.commit import republish
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from finops.access.command import Command
    from finops.access.command import Transaction
    from finops.access.roles import Permission
    from finops.access.workspace import Workspace
    from finops.core.organization import Organization
    from finops.dataset import Snapshot
    from finops.ingestion.record_files import RecordFile
    from finops.records.revisions import Revised

    Row = TypeVar("Row", bound=Revised)

Record = TypeVar("Record")

_OF_ITSELF = {"id", "revision", "file"}


@dataclass(frozen=True)
class Kept:
    """How many rows are new, took another's place, or were there already; and the snapshot."""

    added: int
    replaced: int
    unchanged: int
    snapshot: str

    @property
    def status(self) -> str:
        """Whether anything was written."""
        return "committed" if self.added or self.replaced else "unchanged"


def keep(transaction: Transaction, rows: Sequence[Row], *, file: str) -> Kept:
    """Write the rows that say something new; a row of a key that is there takes its place.

    Raises:
        NothingNew: every row is there already, just so.
    """
    model: Any = type(rows[0])
    there = {_key(row): row for row in newest(transaction.session, model)}
    new = [row for row in rows if _said(there.get(_key(row))) != _said(row)]
    if not new:
        raise NothingNew
    for row in new:
        row.revision = transaction.revision
    transaction.session.add_all(new)
    snapshot = republish(transaction)
    replaced = sum(_key(row) in there for row in new)
    done = Kept(len(new) - replaced, replaced, len(rows) - len(new), snapshot)
    transaction.record(subject=file, after=done)
    return done


@dataclass(frozen=True, kw_only=True)
class Subject(Generic[Record]):
    """A kind of record that people bring: how its file reads, and the command that keeps it.

    `of` gives what is there as of a snapshot, as of now where there is none.
    """

    name: str
    noun: str
    permission: Permission
    file_of: Callable[[Organization], RecordFile[Record]]
    add: Command[Kept]
    of: Callable[[Workspace, Snapshot | None], tuple[Record, ...]]

    def bring(
        self,
        workspace: Workspace,
        records: tuple[Record, ...],
        *,
        file: str,
        who: Mapping[str, Any],
    ) -> Kept:
        """Keep records, or say that all of them are there already.

        `who` holds actor, at and origin of the command, and its key: with a key that was used for
        the same, nothing is done again.
        """
        try:
            return self.add(workspace.store, **who, records=records, file=file)
        except NothingNew:
            snapshot = workspace.snapshot()
            return Kept(0, 0, len(records), snapshot.id if snapshot else "")

    def bring_file(self, workspace: Workspace, path: Path, *, who: Mapping[str, Any]) -> Kept:
        """Bring a csv or xlsx file in, whole or not at all.

        Raises:
            InputError: a line is wrong; it is named with column and value, and nothing is taken.
        """
        records = self.file_of(workspace.organization()).read(path)
        return self.bring(workspace, records, file=path.name, who=who)


def _key(row: Any) -> tuple[str, ...]:  # noqa: ANN401 -- a row of any of the tables
    return tuple(getattr(row, name) for name in row.natural_key)


def _said(row: Any) -> dict[str, object] | None:  # noqa: ANN401
    """What a row says; when and in which file it came does not make it another."""
    return row.model_dump(exclude=_OF_ITSELF) if row else None

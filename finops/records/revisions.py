"""The records as they stood at a revision: of each thing, the newest row that was there then."""

from __future__ import annotations

from typing import Any
from typing import ClassVar
from typing import Protocol
from typing import TYPE_CHECKING
from typing import TypeVar

from sqlalchemy import func
from sqlalchemy import inspect
from sqlmodel import select

from finops.records.models import AuditEvent

if TYPE_CHECKING:
    from sqlmodel import Session


class Revised(Protocol):
    """A row that carries the revision of the command that wrote it."""

    natural_key: ClassVar[tuple[str, ...]]
    revision: int


Row = TypeVar("Row", bound=Revised)


def current(session: Session) -> int:
    """The revision of the last command; 0 before the first."""
    return session.exec(select(func.max(AuditEvent.sequence))).one() or 0


def latest(session: Session, model: type[Row], *, revision: int | None = None) -> Row | None:
    """The row that was written last of all, whatever its key; as of a revision where one is given.

    This is how the newest snapshot or the valid organization is found.
    """
    table: Any = model
    written = select(table).order_by(table.revision.desc(), inspect(table).primary_key[0].desc())
    if revision is not None:
        written = written.where(table.revision <= revision)
    found: Row | None = session.exec(written.limit(1)).first()
    return found


def newest(session: Session, model: type[Row], *, revision: int | None = None) -> tuple[Row, ...]:
    """Of each natural key the newest row, ordered by key.

    `revision` leaves out what was written later; without it the records stand as they are now.
    Where one command wrote a key twice, its later row holds.
    """
    table: Any = model
    return tuple(session.exec(_holding(table, select(table), revision)))


def newest_values(
    session: Session, model: type[Row], *, revision: int | None = None
) -> tuple[Any, ...]:
    """The same as `newest`, as plain values under the names of the columns.

    For what is read by the ten thousand and changed by nobody: four times as fast.
    """
    table: Any = model
    columns = inspect(table).columns
    return tuple(session.exec(_holding(table, select(*columns), revision)))


def _holding(table: Any, chosen: Any, revision: int | None) -> Any:  # noqa: ANN401
    """A selection, narrowed to the rows that hold at a revision and ordered by key."""
    key = [getattr(table, name) for name in table.natural_key]
    identity = inspect(table).primary_key[0]
    latest = func.row_number().over(
        partition_by=key or None, order_by=(table.revision.desc(), identity.desc())
    )
    ranked = select(identity.label("identity"), latest.label("place"))
    if revision is not None:
        ranked = ranked.where(table.revision <= revision)
    ranks = ranked.subquery()
    first = select(ranks.c.identity).where(ranks.c.place == 1)
    return chosen.where(identity.in_(first)).order_by(*key, identity)

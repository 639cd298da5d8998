"""The record store: where people's words and the list of imports are kept, one writer at a time."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc
from sqlalchemy import make_url
from sqlmodel import Session

from finops.errors import ConfigError
from finops.errors import Conflict
from finops.errors import RecordsError
from finops.records import postgres
from finops.records import schema
from finops.records import sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine


def records_url(workspace: Path) -> str:
    """The address of the record store in a workspace folder."""
    return f"sqlite:///{workspace / 'records.sqlite'}"


def open_store(url: str, *, heads: Path | None = None) -> Store:
    """Open the store at an address, and make or upgrade its tables.

    `url` is `sqlite:///FILE` or `postgresql://…`. Many processes may do this at once. `heads` is
    the file outside the database in which the ends of its audit are noted.

    Raises:
        ConfigError: the address cannot be opened, or a newer Tieout has written there.
    """
    store = Store(_engine(url), heads=heads)
    try:
        store.upgrade()
    except exc.DBAPIError as error:
        store.close()
        message = f"The records at {store.address} cannot be opened: {error.orig}."
        raise ConfigError(message) from error
    except BaseException:
        store.close()
        raise
    return store


class Store:
    """Sessions on the records; `address` is the URL without its password."""

    def __init__(self, engine: Engine, *, heads: Path | None = None) -> None:
        self.heads = heads
        self.address = engine.url.render_as_string(hide_password=True)
        self._engine = engine
        self._kind = sqlite if engine.dialect.name == "sqlite" else postgres
        self._readers = (
            engine
            if self._kind is sqlite
            else engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        )
        self._writers = engine.execution_options(writes=True)
        self._mine = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the records that cannot write; keep it short.

        On SQLite with a rollback journal a writer waits until every reader is done.

        Raises:
            Conflict: a writer has held everybody up for a minute.
            RecordsError: the database cannot be read.
        """
        session = Session(self._readers, expire_on_commit=False)
        with self._turn(writing=False), self._told(), session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, alone among writers; committed at the end, undone by an exception.

        Only `finops.access.command` calls this.

        Raises:
            Conflict: somebody else has been writing for a minute.
            RecordsError: the database cannot be written.
        """
        with self._turn(writing=True), self._told(), self._transaction() as session:
            yield session

    def upgrade(self) -> None:
        """Bring the tables to the version this code needs.

        Raises:
            ConfigError: a newer Tieout has written them.
        """
        with self._readers.connect() as connection:
            if schema.is_current(connection):
                return
        with self._told(), self._writers.begin() as connection:
            if not schema.is_current(connection):
                schema.upgrade(connection)

    def health(self) -> dict[str, str]:
        """What `finops doctor` says: database and version, journal mode and why, schema."""
        with self._readers.connect() as connection:
            found: dict[str, str] = self._kind.health(connection)
            return found | {"address": self.address, "schema": schema.version(connection)}

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with Session(self._writers, expire_on_commit=False) as session, session.begin():
            session.connection()  # take the turn now, before anything is read
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what went wrong with the database in a sentence."""
        try:
            yield
        except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
            cause = getattr(error, "orig", None)
            if isinstance(error, exc.TimeoutError) or self._kind.is_locked(cause):
                message = f"Somebody else has been writing for {self._kind.PATIENCE} seconds."
                raise Conflict(message, remedy="Nothing was written; try again.") from error
            message = f"The records at {self.address} cannot be used: {cause}."
            raise RecordsError(message) from error

    @contextmanager
    def _turn(self, *, writing: bool) -> Iterator[None]:
        """Refuse a transaction inside another of the same thread: they would wait for ever."""
        held: list[bool] = self._mine.__dict__.setdefault("held", [])
        if held and (writing or any(held)):
            message = "A transaction on the records is open in this thread; finish it first."
            raise RuntimeError(message)
        held.append(writing)
        try:
            yield
        finally:
            held.pop()


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
    except exc.ArgumentError as error:
        message = "The address of the records is no URL."
        raise ConfigError(message) from error
    kind = address.get_backend_name()
    if kind == "sqlite" and address.database and address.database != ":memory:":
        return sqlite.sqlite_engine(address)
    if kind in {"postgresql", "postgres"}:
        return postgres.postgres_engine(address)
    message = f"Records are kept in a SQLite file or on PostgreSQL, not at {kind!r}."
    raise ConfigError(message)

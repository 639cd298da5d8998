"""SQLite for the records: one writer at a time, nothing lost, and only a journal that is sound."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import create_engine
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy import NullPool
from sqlalchemy import URL

PATIENCE = 60
"""Seconds that a reader or writer waits for its turn."""

_TRIES = 50


def journal_mode(library: tuple[int, ...]) -> str:
    """The journal that is safe with a version of the SQLite library.

    Up to 3.51.2 the write-ahead log can lose committed pages (the WAL-reset fault); it is mended
    in 3.51.3 and was carried back to 3.50.7.
    """
    mended = library >= (3, 51, 3) or (3, 50, 7) <= library < (3, 51)
    return "WAL" if mended else "TRUNCATE"


def sqlite_engine(url: URL) -> Engine:
    """An engine whose transactions begin as IMMEDIATE when they write, and cannot write else.

    A connection lives as long as its transaction: opening a file is cheap, and none is left open.
    """
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def is_locked(error: BaseException | None) -> bool:
    """Whether the turn never came."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def health(connection: Connection) -> dict[str, str]:
    """The library, the journal that is in use, and why."""
    mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar()).upper()
    sound = journal_mode(sqlite3.sqlite_version_info) == "WAL"
    return {
        "database": f"SQLite {sqlite3.sqlite_version}",
        "journal mode": mode,
        "reason": "" if sound else "this SQLite has the WAL-reset fault; WAL needs 3.51.3 or later",
        "check": str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()),
    }


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's events say BEGIN, not the driver.
    _set_journal(connection, journal_mode(sqlite3.sqlite_version_info))
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA recursive_triggers=ON")  # else REPLACE deletes past the triggers


def _set_journal(connection: sqlite3.Connection, mode: str) -> None:
    """Set the journal mode; SQLite does not wait here when others open the file just then.

    Where it cannot be set the file keeps the mode it has, which `health` tells.
    """
    for _ in range(_TRIES):
        try:
            connection.execute(f"PRAGMA journal_mode={mode}")
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise
            time.sleep(0.05)
        else:
            return


def _begin(connection: Connection) -> None:
    writes: Any = connection.get_execution_options().get("writes", False)
    if not writes:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

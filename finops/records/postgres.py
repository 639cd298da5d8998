"""PostgreSQL for the records: the same order of writers as on one machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy.exc import NoSuchModuleError

from finops.errors import ConfigError

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy import Engine
    from sqlalchemy import URL

PATIENCE = 60
"""Seconds that a writer waits for its turn."""

_LOCK = 0x7169_656F_7574
"""The advisory lock that a writer of records holds until it commits."""


def postgres_engine(url: URL) -> Engine:
    """An engine on psycopg 3 whose writing transactions come one after the other.

    Raises:
        ConfigError: the driver is not installed.
    """
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="READ COMMITTED",  # a writer reads what the one before it left
            max_overflow=25,
            pool_timeout=PATIENCE,
            pool_pre_ping=True,
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        message = "PostgreSQL needs a driver that is not installed."
        raise ConfigError(message, remedy="Install `tieout[postgres]`.") from error
    event.listen(engine, "begin", _begin)
    return engine


def is_locked(error: BaseException | None) -> bool:
    """Whether the turn never came (lock_not_available)."""
    return getattr(error, "sqlstate", "") == "55P03"


def health(connection: Connection) -> dict[str, str]:
    """The server's version."""
    found = connection.exec_driver_sql("SHOW server_version").scalar()
    return {"database": f"PostgreSQL {found}"}


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

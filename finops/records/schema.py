"""Brings the tables of a record store to the shape this version of Tieout needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect
from sqlalchemy import text

from finops.errors import ConfigError

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSIONS = tuple(f"{number:04}" for number in range(1, 13))
"""Every version the schema ever had, oldest first; the last is the one this code needs."""


def version(connection: Connection) -> str:
    """The version of the schema as it stands; empty where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found or "")


def is_current(connection: Connection) -> bool:
    """Whether the schema is the one this code needs.

    Raises:
        ConfigError: a newer Tieout has written it.
    """
    found = version(connection)
    if found and found not in VERSIONS:
        message = f"The records have schema {found}; this Tieout knows {VERSIONS[-1]} and older."
        raise ConfigError(message, remedy="Install the newer Tieout that wrote them.")
    return found == VERSIONS[-1]


def upgrade(connection: Connection) -> None:
    """Run the missing steps in the transaction that is open on the connection.

    The transaction must hold the writers' lock: whoever waited for it finds nothing left to do.
    """
    # Alembic takes a third of a second to load, and a store is current nearly always.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "finops.records:migrations")
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")

"""What the tests of faults share: a PostgreSQL server, and databases that are copies of others."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import create_engine
from sqlalchemy import make_url
from sqlalchemy import text

from tests.fixtures_store import postgres_server

__all__ = ["drop_database", "new_database", "postgres_server"]


def new_database(server: str, *, like: str = "template1") -> str:
    """Make a database on a server, a copy of the one at an address; its own address."""
    name = f"t{uuid4().hex}"
    template = make_url(like).database if "://" in like else like
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, url: str) -> None:
    """Take a database away; a server with many takes long to stop."""
    _administer(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

"""What the tests of this room share."""

from __future__ import annotations

from tests.fixtures_store import postgres_server
from tests.fixtures_store import postgres_url
from tests.fixtures_store import sqlite_url
from tests.fixtures_store import store
from tests.fixtures_store import store_url

__all__ = ["postgres_server", "postgres_url", "sqlite_url", "store", "store_url"]

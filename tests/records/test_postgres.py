"""PostgreSQL: the same turns as on one machine, and sentences instead of its errors."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from finops.errors import ConfigError
from finops.errors import RecordsError
from finops.records.store import open_store


def test_a_writer_reads_what_the_one_before_it_left(postgres_url: str) -> None:
    store = open_store(postgres_url)
    with store.writing() as session:
        level = session.connection().execute(text("SHOW transaction_isolation")).scalar()
        locks = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert (level, session.connection().execute(locks).scalar()) == ("read committed", 1)
    store.close()


def test_a_reader_has_one_view_and_cannot_write(postgres_url: str) -> None:
    store = open_store(postgres_url)
    with store.reading() as session:
        connection = session.connection()
        assert connection.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read"
        assert connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
    store.close()


def test_a_table_cannot_be_emptied(postgres_url: str) -> None:
    store = open_store(postgres_url)
    with pytest.raises(DBAPIError, match="rate is append-only"), store.writing() as session:
        session.connection().execute(text("TRUNCATE rate"))
    store.close()


def test_a_connection_that_is_cut_is_told_in_a_sentence(postgres_url: str) -> None:
    store = open_store(postgres_url)
    cut = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(RecordsError, match="cannot be used"), store.writing() as session:
        session.connection().execute(cut)
    with store.writing() as session:
        assert session.connection().execute(text("SELECT 1")).scalar() == 1
    store.close()


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError) as caught:
        open_store("postgresql://localhost/records")
    assert caught.value.sentence.endswith("Install `tieout[postgres]`.")

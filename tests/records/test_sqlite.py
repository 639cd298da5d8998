"""SQLite: only a sound journal, every page on disk, and no way to write past the turn."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from finops.records import sqlite
from finops.records.store import open_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("library", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "TRUNCATE"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_is_mended(
    library: tuple[int, ...], mode: str
) -> None:
    assert sqlite.journal_mode(library) == mode


def test_the_journal_in_use_is_the_sound_one(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    health = store.health()
    store.close()
    assert health["journal mode"] == sqlite.journal_mode(sqlite3.sqlite_version_info)
    assert health["check"] == "ok"
    assert bool(health["reason"]) == (health["journal mode"] == "TRUNCATE")


def test_a_journal_that_is_not_sound_here_is_left(sqlite_url: str) -> None:
    """The file was last written by a newer SQLite, with the write-ahead log."""
    raw = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    assert raw.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    raw.execute("CREATE TABLE t (c)")
    raw.close()
    test_the_journal_in_use_is_the_sound_one(sqlite_url)


def test_every_commit_reaches_the_disk(sqlite_url: str) -> None:
    engine = sqlite.sqlite_engine(make_url(sqlite_url))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 60_000
    engine.dispose()


def test_replacing_a_row_is_changing_it(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    insert = "INTO organization_version (id, revision, content_hash, body) VALUES (1, 1, 'a', '')"
    with store.writing() as session:
        session.connection().exec_driver_sql(f"INSERT {insert}")
    with (
        pytest.raises(Exception, match="organization_version is append-only"),
        store.writing() as session,
    ):
        session.connection().exec_driver_sql(f"REPLACE {insert}")
    store.close()


def _set_wal(path: str) -> str:
    connection = sqlite3.connect(path, timeout=60)
    sqlite._set_journal(connection, "WAL")  # noqa: SLF001
    mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    connection.close()
    return mode


def test_processes_may_set_the_journal_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A new process runs its parent's main module, for which a page that was tested passes itself.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as crowd:
        for number in range(2):
            path = str(tmp_path / f"{number}.sqlite")
            assert list(crowd.map(_set_wal, [path] * 4)) == ["wal"] * 4

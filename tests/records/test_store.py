"""The record store opens, waits its turn, and writes whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from finops.errors import ConfigError
from finops.errors import Conflict
from finops.records import postgres
from finops.records import sqlite
from finops.records.models import OrganizationVersion
from finops.records.models import Rate
from finops.records.schema import VERSIONS
from finops.records.store import open_store
from finops.records.store import records_url

if TYPE_CHECKING:
    from pathlib import Path

    from finops.records.store import Store


def _rate(rate: str = "1.08", revision: int = 1) -> Rate:
    return Rate(revision=revision, from_currency="EUR", to_currency="USD", day="", rate=rate)


def _rates(store: Store) -> list[str]:
    with store.reading() as session:
        return [row.rate for row in session.exec(select(Rate).order_by(Rate.rate))]


def test_what_is_written_is_read(store: Store) -> None:
    with store.writing() as session:
        session.add(_rate("1.080000000000000000000000001"))
    assert _rates(store) == ["1.080000000000000000000000001"]


def test_rows_can_be_used_after_the_session(store: Store) -> None:
    with store.writing() as session:
        session.add(_rate())
    with store.reading() as session:
        row = session.exec(select(Rate)).one()
    assert (row.rate, row.id) == ("1.08", 1)


def test_an_exception_undoes_everything(store: Store) -> None:
    def fail() -> None:
        with store.writing() as session:
            session.add(_rate())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _rates(store) == []


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as session:
        session.add(_rate())
        with pytest.raises(DBAPIError):
            session.commit()
    assert _rates(store) == []


def test_a_reader_sees_one_state(store: Store) -> None:
    with store.writing() as session:
        session.add(_rate("1"))
    with ThreadPoolExecutor(1) as other, store.reading() as session:
        first = session.exec(select(Rate)).all()
        later = other.submit(_add, store)
        assert session.exec(select(Rate)).all() == first
        session.close()
        later.result()
    assert _rates(store) == ["1", "2"]


def _add(store: Store) -> None:
    with store.writing() as session:
        session.add(_rate("2"))


def test_a_transaction_in_a_transaction_is_refused_at_once(store: Store) -> None:
    for outer in (store.reading, store.writing):
        with outer(), pytest.raises(RuntimeError, match="finish it first"), store.writing():
            pass
    with store.writing(), pytest.raises(RuntimeError, match="finish it first"), store.reading():
        pass
    with store.reading(), store.reading():
        pass


def test_who_waits_too_long_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 1)
    monkeypatch.setattr(postgres, "PATIENCE", 1)
    impatient = open_store(store._engine.url.render_as_string(hide_password=False))  # noqa: SLF001
    with store.writing(), ThreadPoolExecutor(1) as other:
        attempt = other.submit(_add, impatient)
        with pytest.raises(Conflict, match="Somebody else has been writing for 1 seconds"):
            attempt.result()
    impatient.close()
    assert _rates(store) == []


def test_readers_and_writers_do_not_lose_anything(store: Store) -> None:
    def write_and_read(number: int) -> None:
        with store.writing() as session:
            count = len(session.exec(select(Rate)).all())
            session.add(_rate(f"{count:03}", revision=number + 1))
        assert _rates(store)

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(write_and_read, range(64)))
    assert _rates(store) == [f"{number:03}" for number in range(64)]


@pytest.mark.thorough
def test_eight_processes_open_a_new_store_at_once(store_url: str) -> None:
    program = dedent("""
        import sys
        from finops.records.store import open_store
        sys.stdin.readline()
        store = open_store(sys.argv[1])
        print(store.health()["schema"])
        store.close()
    """)
    crowd = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", program, store_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for each in crowd:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate(timeout=120) for each in crowd]
    assert said == [(f"{VERSIONS[-1]}\n", "")] * 8


def test_opening_again_changes_nothing(store_url: str) -> None:
    for _ in range(2):
        store = open_store(store_url)
        assert store.health()["schema"] == VERSIONS[-1]
        store.close()


def test_a_newer_schema_is_refused(store_url: str) -> None:
    store = open_store(store_url)
    with store.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(ConfigError) as caught:
        open_store(store_url)
    assert caught.value.sentence == (
        f"The records have schema 9999; this Tieout knows {VERSIONS[-1]} and older. "
        "Install the newer Tieout that wrote them."
    )


FULL = """
    import resource, sys
    from pathlib import Path
    from finops.errors import RecordsError
    from finops.records.models import OrganizationVersion
    from finops.records.store import open_store

    store = open_store(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        with store.writing() as session:
            session.add(OrganizationVersion(revision=1, content_hash="", body="x" * 300_000))
    except RecordsError as error:
        print(error.sentence)
    store.close()
"""


def test_a_full_disk_is_told_and_nothing_is_written(sqlite_url: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", dedent(FULL), sqlite_url], capture_output=True, text=True, check=True
    )
    assert ran.stdout.endswith(
        "See that the disk has room and the database can be reached, then try again.\n"
    )
    store = open_store(sqlite_url)
    with store.reading() as session:
        assert session.exec(select(OrganizationVersion)).all() == []
    assert store.health()["check"] == "ok"
    store.close()


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "nothing"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ConfigError):
        open_store(address)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_text("not a database at all\n" * 99)
    with pytest.raises(ConfigError, match="file is not a database"):
        open_store(records_url(tmp_path))


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unable to open"):
        open_store(records_url(tmp_path / "nowhere"))


def test_an_absent_server_is_refused_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        open_store(f"postgresql://me:secret@/records?host={tmp_path}")
    assert "secret" not in caught.value.sentence
    assert "***" in caught.value.sentence


def test_health_names_the_database(store: Store) -> None:
    health = store.health()
    assert health["database"].split()[0] in {"SQLite", "PostgreSQL"}
    assert health["address"] == store.address

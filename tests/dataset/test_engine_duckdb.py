from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest

from finops.dataset.engine_duckdb import Engine
from finops.dataset.engine_duckdb import EngineError
from finops.dataset.engine_duckdb import FLAVOR
from finops.dataset.engine_duckdb import reader
from finops.dataset.engine_duckdb import workbench
from finops.errors import DatasetError


def test_a_workbench_writes_and_reads_what_it_wrote(tmp_path: Path) -> None:
    with workbench(tmp_path) as engine:
        file = tmp_path / "a.parquet"
        query = "SELECT 0.1::DECIMAL(38,18) AS cost FROM range(3)"
        assert engine.run(f"COPY ({query}) TO '{file}' (FORMAT parquet)") == 3
        names, rows = engine.table(f"SELECT sum(cost) AS cost FROM '{file}'")
    assert (names, rows) == (("cost",), [(Decimal("0.3"),)])


def test_a_value_is_bound_and_never_read_as_a_statement(tmp_path: Path) -> None:
    with workbench(tmp_path) as engine:
        assert engine.rows("SELECT ?", ["'; DROP --"]) == [("'; DROP --",)]


def test_time_is_told_in_utc(tmp_path: Path) -> None:
    with workbench(tmp_path) as engine:
        told = engine.rows("SELECT CAST(TIMESTAMPTZ '2026-04-01T01:00:00+02:00' AS VARCHAR)")
    assert told == [("2026-03-31 23:00:00+00",)]


def test_a_reader_sees_its_files_and_nothing_else(tmp_path: Path) -> None:
    for name in ("mine", "other"):
        with workbench(tmp_path) as engine:
            engine.run(f"COPY (SELECT 1 AS a) TO '{tmp_path / name}.parquet' (FORMAT parquet)")
    mine = tmp_path / "mine.parquet"
    engine = reader([mine], [f"CREATE VIEW v AS SELECT * FROM '{mine}'"])
    assert engine.rows("SELECT * FROM v") == [(1,)]
    with pytest.raises(EngineError, match="disabled"):
        engine.rows(f"SELECT * FROM '{tmp_path / 'other.parquet'}'")
    engine.close()


def test_a_file_that_is_none_is_told_when_it_is_opened(tmp_path: Path) -> None:
    broken = tmp_path / "a.parquet"
    broken.write_bytes(b"PAR1")
    with pytest.raises(DatasetError):
        reader([broken], [f"CREATE VIEW v AS SELECT * FROM '{broken}'"])


def test_the_flavor_names_the_major_version_whose_hashes_these_are() -> None:
    assert FLAVOR.startswith("duckdb-")
    assert FLAVOR.removeprefix("duckdb-").isdigit()


def test_progress_can_be_asked_and_nothing_is_running(tmp_path: Path) -> None:
    with workbench(tmp_path, threads=1) as engine:
        assert engine.progress() <= 100
        engine.interrupt()
    assert engine.progress() == -1.0


def test_an_engine_closed_meanwhile_has_nothing_to_stop(tmp_path: Path) -> None:
    with workbench(tmp_path) as engine:
        pass
    engine.interrupt()
    assert engine.stopped


def test_what_one_workbench_makes_is_gone_in_the_next(tmp_path: Path) -> None:
    for _ in range(2):
        with workbench(tmp_path) as engine:
            engine.run("CREATE TABLE told AS SELECT 1 AS n")
            engine.run("CREATE TEMP TABLE asked AS SELECT 2 AS n")
            engine.run("CREATE VIEW seen AS SELECT 3 AS n")
            assert engine.rows("SELECT * FROM told, asked, seen") == [(1, 2, 3)]


def test_a_workbench_after_one_that_failed_is_sound(tmp_path: Path) -> None:
    with pytest.raises(EngineError), workbench(tmp_path) as engine:
        engine.run("CREATE TABLE told AS SELECT * FROM nothing")
    with workbench(tmp_path) as engine:
        engine.run("CREATE TABLE told AS SELECT 2 AS n")
        assert engine.rows("SELECT * FROM told") == [(2,)]


def test_two_workbenches_at_once_know_nothing_of_each_other(tmp_path: Path) -> None:
    with workbench(tmp_path) as one, workbench(tmp_path) as other:
        one.run("CREATE TABLE told AS SELECT 1 AS n")
        other.run("CREATE TABLE told AS SELECT 2 AS n")
        assert [engine.rows("SELECT * FROM told") for engine in (one, other)] == [[(1,)], [(2,)]]


def test_a_stop_that_comes_when_the_work_is_done_stops_nothing_else(tmp_path: Path) -> None:
    """Whoever watches a file stops the engine from another thread, and may be late."""
    for _ in range(10):
        over = threading.Event()
        with workbench(tmp_path) as engine:

            def stop(engine: Engine = engine, over: threading.Event = over) -> None:
                while not over.is_set():
                    engine.interrupt()

            watcher = threading.Thread(target=stop)
            watcher.start()
        over.set()
        watcher.join()
        with workbench(tmp_path) as after:
            assert after.rows("SELECT 1") == [(1,)]


def test_each_workbench_spills_into_its_own_folder(tmp_path: Path) -> None:
    rows = "CREATE TABLE told AS SELECT i, md5(CAST(i AS VARCHAR)) AS s FROM range(2000000) AS t(i)"
    for name in ("one", "other", "third"):
        with workbench(tmp_path / name, memory="50MB", threads=1) as engine:
            if name != "one":
                engine.run(rows)
                spilled = engine.rows("SELECT path FROM duckdb_temporary_files()")
                assert {Path(str(path)).parent for (path,) in spilled} == {tmp_path / name}
        assert not list(tmp_path.rglob("*.tmp"))

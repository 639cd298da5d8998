"""The embedded engine: DuckDB, the only module that knows it.

Two ways to open it. A *workbench* stages files into Parquet and may touch the disk; it is only
ever given statements this package wrote. A *reader* answers questions about one snapshot: it can
read that snapshot's files and nothing else, and its configuration is locked.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextlib import suppress
from typing import Any
from typing import TYPE_CHECKING

import duckdb

from finops.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

Row = tuple[Any, ...]
_BATCH = 100_000

EngineError = duckdb.Error
"""What any statement may raise; never shown to a person as it is."""

FLAVOR = f"duckdb-{duckdb.__version__.split('.')[0]}"
"""Whose hash function a content digest was made with."""

_BENCH = "bench"
_MOST_IDLE = 4
_IDLE: dict[tuple[tuple[str, Any], ...], duckdb.DuckDBPyConnection] = {}
"""Engines between two workbenches, by their settings."""


class Engine:
    """A connection that runs statements of the expression language, one at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.stopped = False

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Run a statement with bound values; its rows as Python values, money as Decimal."""
        with self._lock:
            return self._connection.execute(statement, list(values)).fetchall()

    def table(
        self, statement: str, values: Sequence[object] = ()
    ) -> tuple[tuple[str, ...], list[Row]]:
        """Run a statement; the names of its columns, and its rows."""
        with self._lock:
            result = self._connection.execute(statement, list(values))
            names = tuple(column[0] for column in result.description or ())
            return names, result.fetchall()

    @contextmanager
    def batches(self, statement: str) -> Iterator[pa.RecordBatchReader]:
        """Run a statement and hand its rows on as they come; money stays DECIMAL."""
        with self._lock:
            yield self._connection.sql(statement).to_arrow_reader(_BATCH)

    def run(self, statement: str) -> int:
        """Run a statement that writes; how many rows it wrote, where it says so."""
        with self._lock:
            found = self._connection.execute(statement).fetchone()
        return int(found[0]) if found and isinstance(found[0], int) else 0

    def progress(self) -> float:
        """How far the running statement is, from 0 to 100; below 0 when nobody can say.

        Asked from another thread than the one that runs it.
        """
        try:
            return float(self._connection.query_progress())
        except duckdb.Error:
            return -1.0

    def interrupt(self) -> None:
        """Stop the statement that is running; an engine closed meanwhile has none."""
        self.stopped = True
        with suppress(duckdb.ConnectionException):
            self._connection.interrupt()

    def close(self) -> None:
        """Give memory back."""
        self._connection.close()


@contextmanager
def workbench(
    scratch: Path, *, memory: str = "1400MB", threads: int | None = None
) -> Iterator[Engine]:
    """Open an engine that may read a user's file and write Parquet; it spills into `scratch`.

    What a block makes is gone after it. The engine beneath is kept for the next block with the
    same limits, wherever that spills, since making one takes as long as bringing in a small file.
    """
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if threads:
        settings["threads"] = threads
    kind = tuple(settings.items())
    idle = _IDLE.pop(kind, None)
    beneath = duckdb.connect(config=settings) if idle is None else idle
    # One that is kept has not spilled yet, and so may spill where this block says.
    beneath.execute("SET temp_directory = $folder", {"folder": str(scratch)})
    engine, clean = Engine(_told(beneath.cursor())), False
    try:
        engine.run(f"ATTACH ':memory:' AS {_BENCH}")
        engine.run(f"USE {_BENCH}")
        yield engine
        clean = _cleared(engine)
    finally:
        engine.close()
        room = clean and len(_IDLE) < _MOST_IDLE
        if not room or _IDLE.setdefault(kind, beneath) is not beneath:
            beneath.close()


def _cleared(engine: Engine) -> bool:
    """Whether an engine is as it was before a block.

    One that has spilled can spill nowhere else, and only gives back with itself what it spilled.
    One that was stopped is not trusted, and whoever stops it may do so as late as here.
    """
    try:
        engine.run("USE memory")
        engine.run(f"DETACH {_BENCH}")
        engine.run("RESET temp_directory")
    except (duckdb.InterruptException, duckdb.NotImplementedException):
        return False
    return not engine.stopped


def reader(files: Sequence[Path], views: Sequence[str], *, memory: str = "1400MB") -> Engine:
    """Open an engine over a snapshot's files: views first, then everything else is locked."""
    connection = _told(duckdb.connect(config={"memory_limit": memory}))
    try:
        for view in views:
            connection.execute(view)
        paths = [str(file) for file in files]
        connection.execute("SET allowed_paths = $paths", {"paths": paths})
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        connection.close()
        message = "The snapshot's files cannot be read."
        raise DatasetError(message) from error
    return Engine(connection)


def _told(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection that counts time in UTC and its own progress in silence."""
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    return connection

"""Extract: charges as one Parquet file that leaves the workspace, and such a file read again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from finops.dataset.engine_duckdb import EngineError
from finops.dataset.engine_duckdb import reader
from finops.errors import DatasetError
from finops.errors import InputError
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlglot import exp

    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.engine_duckdb import Row
    from finops.dataset.read import Dataset

RELATION = "charges"
"""What the charges of a file that is read again are called."""


def write(dataset: Dataset, question: exp.Select, target: Path) -> int:
    """Write the rows of a question, within the dataset's scopes; how many they are.

    Raises:
        DatasetError: the dataset's files cannot be read.
    """
    statement = dataset.statement(question)
    try:
        with dataset.engine.batches(statement) as batches:
            rows = 0
            with pq.ParquetWriter(target, batches.schema, compression="zstd") as file:
                for batch in batches:
                    file.write_batch(batch)
                    rows += batch.num_rows
    except EngineError as error:
        message = f"The files of snapshot {dataset.snapshot.id} cannot be read."
        raise DatasetError(message) from error
    return rows


class Extract:
    """The charges of one file; only the statements of this package are asked of it."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name = engine, name

    def rows(self, statement: str) -> list[Row]:
        """Ask one statement over `charges`.

        Raises:
            InputError: the file is not what it should be.
        """
        try:
            return self._engine.rows(statement)
        except EngineError as error:
            raise _unreadable(self._name) from error


@contextmanager
def opened(path: Path, *, memory: str = "1GB") -> Iterator[Extract]:
    """Open a file that somebody sent: the engine can reach this file and nothing else.

    Raises:
        InputError: it is no Parquet file that can be read.
    """
    view = f"CREATE VIEW {RELATION} AS SELECT * FROM read_parquet({text(str(path))})"
    try:
        engine = reader([path], [view], memory=memory)
    except DatasetError as error:
        raise _unreadable(path.name) from error
    try:
        yield Extract(engine, path.name)
    finally:
        engine.close()


def _unreadable(name: str) -> InputError:
    return InputError(f"{name} cannot be read as the charges of a month.")

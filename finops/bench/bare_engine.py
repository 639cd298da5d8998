"""Bare engine: DuckDB alone reads the same file into typed Parquet; run as a process of its own."""

from __future__ import annotations

import sys

import duckdb

from finops.focus import columns
from finops.focus.columns import Type


def main(source: str, target: str) -> None:
    """Read a FOCUS 1.2 csv.gz into Parquet with the types of its columns, and nothing else."""
    with duckdb.connect() as engine:
        header = engine.read_csv(source, all_varchar=True)
        kinds = {c.id: "VARCHAR" if c.type is Type.JSON else c.type for c in columns.COST_AND_USAGE}
        named = [column[0] for column in header.description]
        shape = ", ".join(f"'{name}': '{kinds[name]}'" for name in named)
        engine.execute(
            f"COPY (SELECT * FROM read_csv('{source}', header = true, columns = {{{shape}}})) "
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Bare columns: DuckDB alone reads every column that a re-mapping needs; a process of its own."""

from __future__ import annotations

import sys
import time

import duckdb

from finops.core.condition import RESOURCE
from finops.dataset import rollup
from finops.focus import columns
from finops.focus.normalize import MAPPING_INPUTS
from finops.focus.normalize import MAPPING_KEY

NEEDED = tuple(
    dict.fromkeys(
        (MAPPING_KEY, *MAPPING_INPUTS, *RESOURCE, "ChargePeriodStart", *rollup.DIMENSIONS)
    )
)
"""What is mapped by, and what the rollup groups by."""

SUMMED = (*columns.MONEY, *rollup.QUANTITIES)


def main(*files: str) -> float:
    """Seconds that one scan of the needed columns takes, the engine being there already."""
    with duckdb.connect() as engine:
        relation = engine.read_parquet(list(files))
        there = set(relation.columns)
        asked = [f"max({name})" for name in NEEDED if name in there]
        asked += [f"sum({name})" for name in SUMMED if name in there]
        question = f"SELECT {', '.join(asked)} FROM read_parquet($files)"
        begun = time.perf_counter()
        engine.execute(question, {"files": list(files)}).fetchall()
        return time.perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:])}\n")

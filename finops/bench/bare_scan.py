"""Bare scan: DuckDB alone reads the columns a reconciliation needs; run as a process of its own."""

from __future__ import annotations

import sys
import time

import duckdb

QUESTION = """
SELECT InvoiceIssuerName, InvoiceId, BillingAccountId, BillingCurrency,
       sum(BilledCost), sum(EffectiveCost)
FROM read_parquet($files) GROUP BY ALL
"""


def main(*files: str) -> float:
    """Seconds that one scan of the needed columns takes, the engine being there already."""
    with duckdb.connect() as engine:
        begun = time.perf_counter()
        engine.execute(QUESTION, {"files": list(files)}).fetchall()
        return time.perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:])}\n")

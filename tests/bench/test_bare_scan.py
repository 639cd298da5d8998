from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from finops.bench import bare_scan

if TYPE_CHECKING:
    from pathlib import Path


def test_one_scan_of_the_needed_columns_is_timed(tmp_path: Path) -> None:
    words = ("InvoiceIssuerName", "InvoiceId", "BillingAccountId", "BillingCurrency")
    table = {name: ["a"] for name in words} | {"BilledCost": [1], "EffectiveCost": [1]}
    pq.write_table(pa.table(table), tmp_path / "part.parquet")
    assert bare_scan.main(str(tmp_path / "part.parquet")) > 0

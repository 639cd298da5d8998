"""What comes late in the demo stands beside the first bill, and is booked in the open month."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from tests.demo.conftest import total

if TYPE_CHECKING:
    from tests.demo.conftest import Made


@pytest.mark.thorough
def test_a_later_bill_begins_with_the_first_one_and_adds_what_its_fact_says(year: Made) -> None:
    found = {}
    for path in (year.folder / "late").rglob("*.parquet"):
        first = year.folder / "charges" / path.relative_to(year.folder / "late")
        before, after = (parquet.read_table(one) for one in (first, path))
        assert after.slice(0, len(before)).equals(before)
        late = after.slice(len(before))
        found[path.stem] = (len(late), total(late["BilledCost"].to_pylist()))
    told = [fact["answer"] for fact in year.facts("restatements")]
    assert found == {one["month"]: (one["rows"], Decimal(one["amount"])) for one in told}
    assert {kind for one in told for kind in one["kinds"]} == {"correction", "late usage"}
    assert {one["booked_in"] for one in told} == {"2026-10"}


def test_only_closed_months_are_restated(three_seeds: Made) -> None:
    """Of two months the first is closed; the correction of the month before it is left out."""
    (fact,) = three_seeds.facts("restatements")
    assert fact["answer"]["month"] == "2026-09"
    (match,) = three_seeds.facts("invoices", InvoiceId="")
    assert match["answer"]["buckets"] == {
        "restatement of September 2026": f"-{fact['answer']['amount']}"
    }

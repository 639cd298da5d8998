"""`finops statement`: what one team is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults import bill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_a_team_reads_its_lines_and_their_sum(finops: Finops, tmp_path: Path) -> None:
    assert finops("init").code == 0
    charges = [bill.costing("100", Tags='{"team": "search"}'), bill.costing("20")]
    assert finops("import", str(bill.write(tmp_path / "april.csv", charges))).code == 0
    found = finops("statement", "search", "--json").document
    assert (found["total"], found["before"], found["budget"]) == ("100", "0", None)
    assert [line["kind"] for line in found["lines"]] == ["direct"]
    assert not found["chargeback"]["ready"]
    assert "Direct cost" in finops("statement", "search").out
    assert finops("statement", "nobody").code == 2

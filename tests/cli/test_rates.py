from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_rates_make_a_new_snapshot_that_has_them(loaded: Finops, shared: Path) -> None:
    document = loaded("rates", "add", str(shared / "mini" / "mini_fx.csv"), "--json").document
    assert document["rates"] == 1
    assert document["snapshot"].startswith("2-")


def test_rates_may_come_before_the_first_bill(finops: Finops, shared: Path) -> None:
    finops("init")
    document = finops("rates", "add", str(shared / "mini" / "mini_fx.csv"), "--json").document
    assert document == {"rates": 1, "snapshot": ""}


def test_a_line_that_is_no_rate_is_named(loaded: Finops, tmp_path: Path) -> None:
    file = tmp_path / "fx.csv"
    file.write_text('From,To,Kind,Period,Rate\nEUR,USD,average,2026-04,"1,10"\n')
    answer = loaded("rates", "add", str(file))
    assert answer.code == 2
    assert "fx.csv line 2, Rate '1,10'" in answer.err

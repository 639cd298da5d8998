"""The month that a command speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_the_latest_month_is_taken_where_none_is_named(loaded: Finops) -> None:
    assert loaded("allocate", "--currency", "billing", "--json").document["period"] == "2026-04"


@pytest.mark.parametrize("words", [("allocate",), ("statement", "search")])
def test_without_charges_there_is_no_month(
    finops: Finops, shared: Path, words: tuple[str, ...]
) -> None:
    assert finops("init").code == 0
    assert finops("rates", "add", str(shared / "mini" / "mini_fx.csv")).code == 0
    answer = finops(*words)
    assert answer.code == 2
    assert "Bring a bill with `finops import FILE`." in answer.err

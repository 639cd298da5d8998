"""Units: a unit cost keeps the digits that it needs, and is prepared once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.amount import Amount
from finops.portal import units
from finops.portal.lens import Lens
from tests.portal.conftest import OCTOBER
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["sold"]


@pytest.mark.parametrize(
    ("number", "told"),
    [("0.00154468656533", "0.001545"), ("0.17146", "0.1715"), ("21.89591", "21.90"), ("0", "0.00")],
)
def test_a_small_unit_cost_is_never_shown_as_nothing(number: str, told: str) -> None:
    assert units.money(Decimal(number), "USD") == f"{told}\u00a0USD"
    assert units.money(None, "USD") == "n/a"


@pytest.mark.parametrize(
    ("unit", "told"),
    [("orders", "One order"), ("page views", "One page view"), ("queries", "One query"),
     ("thousand API calls", "A thousand API calls"), ("boxes", "One box"),
     ("fish", "One of the fish")],
)  # fmt: skip
def test_one_of_a_unit_reads_as_a_sentence_begins(unit: str, told: str) -> None:
    assert units.one(unit) == told


def test_a_part_of_a_unit_cost_has_the_digits_of_the_whole() -> None:
    write = units.as_precise_as(Decimal("0.17146"))
    assert write(Amount(Decimal("-0.00427"), "USD"), signed=True) == "\u22120.0043\u00a0USD"
    assert write(Amount(Decimal("0.00001"), "USD"), signed=True) == "0.0000\u00a0USD"


def test_a_month_is_prepared_once(
    sold: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(sold))
    first = units.prepared(("shop", "orders"), OCTOBER)
    assert units.prepared(("shop", "orders"), Lens(period=OCTOBER.period)) is first

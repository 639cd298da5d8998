"""Units: a unit cost keeps the digits that it needs, and is prepared once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

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


def test_a_month_is_prepared_once(
    sold: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(sold))
    first = units.prepared(("shop", "orders"), OCTOBER)
    assert units.prepared(("shop", "orders"), Lens(period=OCTOBER.period)) is first

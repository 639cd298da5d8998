"""What a reversal negates is every cost and quantity, and no price."""

from __future__ import annotations

from finops.focus.adjustments import NEGATED
from finops.focus.adjustments import OWN
from finops.focus.columns import BY_ID
from finops.focus.columns import MONEY


def test_every_cost_and_quantity_is_negated_and_no_price() -> None:
    assert set(MONEY) <= set(NEGATED)
    assert {name for name in BY_ID if name.endswith("Quantity")} <= set(NEGATED)
    assert not [name for name in NEGATED if "Price" in name]


def test_its_own_columns_are_none_of_focus() -> None:
    assert all(name.startswith("x_") for name in OWN)
    assert not set(OWN) & set(BY_ID)

"""Sliders: a lever's name in the address, and where it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.portal import sliders
from finops.unit_economics.levers import ORDER
from tests.unit_economics.conftest import october
from tests.unit_economics.conftest import of_shop
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared

__all__ = ["october", "of_shop", "sold"]


def test_each_lever_has_a_name_of_its_product_and_rests_where_it_is(
    october: Prepared,
) -> None:
    assert sliders.key(october, "demand") == "demand-shop-orders"
    assert [sliders.resting(october, lever) for lever in ORDER] == [0] * 6

"""Of which product and month a command tells; the figures are in test_unit.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Finops


def test_a_product_is_named_alone_or_with_its_unit(selling: Finops) -> None:
    for name in ("shop", "shop orders"):
        (one,) = selling("unit", "--product", name, "--json").document["products"]
        assert (one["product"], one["unit"]) == ("shop", "orders")

"""Sources: what a workspace knows of its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finops.unit_economics.sources import Sources


def test_they_are_of_the_snapshot(of_shop: Sources) -> None:
    assert {one.segment for one in of_shop.series} == {"bulk", "retail"}
    assert of_shop.coefficients == ()
    assert of_shop.converter("USD").currency == "USD"
    assert of_shop.organization is of_shop.dataset.organization

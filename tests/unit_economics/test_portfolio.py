"""Portfolio: every product and segment of a month, from one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.unit_economics.portfolio import served
from finops.unit_economics.portfolio import standings

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources


def test_a_product_stands_as_it_does_by_itself(of_shop: Sources, october: Prepared) -> None:
    (found,) = standings(of_shop, october.now.period)
    assert (found.now, found.before) == (october.now, october.trend[-2])


def test_segments_are_ranked_over_all_products(of_shop: Sources, october: Prepared) -> None:
    found = standings(of_shop, october.now.period)
    assert [one.name for one in served(found)] == ["shop bulk", "shop retail"]

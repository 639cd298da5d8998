from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.savings.charged import charged
from finops.savings.charged import resources
from finops.savings.charged import unused

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

SEPTEMBER = (date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = (date(2026, 10, 1), date(2026, 11, 1))


def test_every_day_is_told_and_a_day_without_charges_cost_nothing(shop: Workspace) -> None:
    where = (("ResourceId", "gone"),)
    found = charged(shop.dataset(), where, date(2026, 9, 29), date(2026, 10, 3), rates="2026-09")
    assert list(found.by_day().values()) == [10, 10, 0, 0]
    assert (found.cost, found.currency) == (Decimal(20), "USD")


def test_several_values_of_a_dimension_mean_any_of_them(shop: Workspace) -> None:
    where = (("ResourceId", "gone"), ("ResourceId", "moved"), ("x_Team", "search"))
    assert charged(shop.dataset(), where, *SEPTEMBER, rates="2026-09").cost == 660
    assert resources(shop.dataset(), where, *SEPTEMBER) == ("gone", "moved")


def test_a_commitment_is_told_with_what_it_leaves_unused(shop: Workspace) -> None:
    where = (("ResourceId", "covered"),)
    found = charged(shop.dataset(), where, *SEPTEMBER, rates="2026-09")
    assert found.commitments() == ("cd-1",)
    assert unused(shop.dataset(), ("cd-1",), *SEPTEMBER, rates="2026-09") == 0
    assert unused(shop.dataset(), ("cd-1",), *OCTOBER, rates="2026-09") == Decimal(372)
    assert unused(shop.dataset(), (), *OCTOBER, rates="2026-09") == 0


def test_a_price_is_what_one_of_a_quantity_cost(shop: Workspace) -> None:
    where = (("ResourceId", "cut"),)
    found = charged(shop.dataset(), where, date(2026, 9, 30), date(2026, 10, 2), rates="2026-09")
    assert sorted((one.day, one.price) for one in found.used) == [
        (date(2026, 9, 30), Decimal(1)),
        (date(2026, 10, 1), Decimal("0.8")),
    ]
    assert all(one.priced for one in found.used)

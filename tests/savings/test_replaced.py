from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finops.savings.ledger import find
from finops.savings.replaced import replacement
from finops.savings.saving import Kind
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

NOVEMBER = date(2026, 11, 1)


def test_a_like_resource_that_begins_when_one_ends_takes_its_place(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=moved", Kind.ELIMINATE))
    saving = find(shop, key, today=room.TODAY)
    assert replacement(shop.dataset(), saving, NOVEMBER) == "moved-2"
    much_later = saving.model_copy(update={"implemented_on": date(2026, 10, 20)})
    assert replacement(shop.dataset(), much_later, NOVEMBER) == ""


def test_elsewhere_or_at_another_cost_it_takes_no_place(shop: Workspace) -> None:
    for name in ("gone", "back"):
        key = room.done(shop, room.agreed(shop, f"ResourceId={name}", Kind.ELIMINATE))
        saving = find(shop, key, today=room.TODAY)
        assert replacement(shop.dataset(), saving, NOVEMBER) == ""

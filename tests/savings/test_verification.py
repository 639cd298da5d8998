from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.savings.ledger import find
from finops.savings.saving import Kind
from finops.savings.verification import projected
from finops.savings.verification import verifications_of
from tests.savings import room

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_what_was_signed_last_is_what_the_next_month_promises(shop: Workspace) -> None:
    key = room.done(shop, room.agreed(shop, "ResourceId=gone", Kind.ELIMINATE, expected="270"))
    saving = find(shop, key, today=room.TODAY)
    assert projected(saving, (), room.OCTOBER) == Decimal("279.00")
    room.signed(shop, key)
    (found,) = verifications_of(shop)
    assert (found.by, found.on, found.month) == ("fay", room.TODAY, "2026-10")
    assert (found.per_day, found.correction) == (Decimal(10), Decimal("31.00"))
    assert projected(saving, (found,), room.OCTOBER.plus(1)) == Decimal("300.00")

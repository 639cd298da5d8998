"""The parts of one number: the largest by name, the rest as one, nothing lost."""

from __future__ import annotations

from decimal import Decimal

from finops.core.amount import total
from finops.portal.allocation_views import LARGEST
from finops.portal.allocation_views import parts


def test_the_parts_add_up_to_all_rows_however_many_there_are() -> None:
    rows = [(f"team {number}", Decimal(number)) for number in range(LARGEST + 3)]
    found = parts([*rows, ("team 1", None)])
    assert total(found.values()) == total(amount for _, amount in rows)
    assert list(found)[-1] == "Everything else"
    assert len(found) == LARGEST + 1

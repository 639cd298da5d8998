"""Material: the rank of an item."""

from __future__ import annotations

from decimal import Decimal

from finops.operations.material import Item


def test_rank_is_amount_times_surprise_times_whether_it_can_be_decided() -> None:
    half = Decimal("0.5")
    item = Item(source="s", title="t", amount=Decimal(-800), surprise=half, decidable=half)
    assert item.rank == 200

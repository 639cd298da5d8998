"""Meeting: amounts with their sign and currency, and counts in words."""

from __future__ import annotations

from decimal import Decimal

from finops.operations.material import Item
from finops.portal import meeting


def test_an_item_has_its_amount_with_its_currency() -> None:
    table = meeting.items((Item(source="s", title="t", amount=Decimal(-5), currency="USD"),))
    assert table.columns["Amount"] == ["\u22125.00\u00a0USD"]
    assert table.columns["Owner"] == ["n/a"]

from __future__ import annotations

from decimal import Decimal

from finops.portal import saved


def test_an_amount_is_short() -> None:
    assert saved.money(Decimal(1240000), "USD").replace("\xa0", " ") == "1.24M USD"

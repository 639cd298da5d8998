from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.errors import UsageError
from finops.savings.drivers import drivers_of
from finops.savings.drivers import units_of

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

DAY = date(2026, 10, 5)


def test_units_are_told_day_by_day_by_product_and_unit(shop: Workspace) -> None:
    known = drivers_of(shop, shop.snapshot())
    assert units_of(known, "web requests", [DAY]) == {DAY: Decimal(36_000)}
    assert units_of(known, "", [DAY]) == {}


def test_a_missing_day_and_an_unknown_driver_are_told(shop: Workspace) -> None:
    known = drivers_of(shop, shop.snapshot())
    with pytest.raises(UsageError, match="no figure on 1 days, the first of them 2026-11-05"):
        units_of(known, "web requests", [DAY, date(2026, 11, 5)])
    with pytest.raises(UsageError, match="Nobody counts"):
        units_of(known, "web visits", [DAY])

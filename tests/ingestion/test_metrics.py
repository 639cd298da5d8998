"""Business metrics: what a line says, and what it may not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finops.core.organization import Organization
from finops.errors import InputError
from finops.ingestion.metrics import file_of
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric

SHOP = Organization.from_mapping({"products": [{"id": "checkout", "name": "Checkout"}]})
ORDERS = {
    "date": "2026-10-01",
    "product": "checkout",
    "unit": "orders",
    "amount": "18250",
    "kind": "units",
}


def test_a_figure_is_of_a_day_unless_it_says_otherwise() -> None:
    assert file_of(SHOP).typed(ORDERS) == Metric(
        day=date(2026, 10, 1),
        product="checkout",
        segment="",
        unit="orders",
        amount=Decimal(18250),
        kind=Kind.UNITS,
    )


@pytest.mark.parametrize("told", ["2026-10", "2026-10-01"])
def test_a_month_is_its_first_day(told: str) -> None:
    found = file_of(SHOP).typed(ORDERS | {"date": told, "grain": "Month"})
    assert (found.day, found.grain) == (date(2026, 10, 1), Grain.MONTH)


def test_money_may_fall_below_zero_where_it_is_earned() -> None:
    found = file_of().typed(ORDERS | {"kind": "revenue", "currency": "EUR", "amount": "-3.50"})
    assert found.amount == Decimal("-3.50")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "-1"}, "amount '-1': expected a number of 0 or more; units cannot be negative"),
        ({"amount": "1,000"}, "amount '1,000': expected a number such as 1234.56"),
        ({"amount": ""}, "amount '': expected a number"),
        ({"kind": "sales"}, "kind 'sales': expected one of units, revenue, price"),
        ({"kind": "revenue"}, "currency '': expected the currency of a revenue"),
        ({"kind": "price", "currency": "USD", "amount": "-1"}, "price cannot be negative"),
        ({"currency": "USD"}, "currency 'USD': expected nothing; units are no money"),
        ({"product": "chekout"}, "product 'chekout': expected one of checkout"),
        ({"date": "1 May"}, "date '1 May': expected a day as YYYY-MM-DD"),
        ({"date": "2026-10-02", "grain": "month"}, "expected a month as YYYY-MM, or its first day"),
        ({"date": "2026-13", "grain": "month"}, "date '2026-13': expected a month as YYYY-MM"),
        ({"unit": ""}, "unit '': expected a value"),
        ({"grain": "week"}, "grain 'week': expected one of day, month"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        file_of(SHOP).typed(ORDERS | changed)
    assert said in str(caught.value)

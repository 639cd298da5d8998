"""Tables of what people told."""

from __future__ import annotations

from decimal import Decimal

from finops.core.exchange_rate import ExchangeRate
from finops.portal import input_tables

RATES = [
    ExchangeRate("EUR", "USD", "average", month, "", Decimal(rate))
    for month, rate in (("2026-05", "1.2"), ("2026-04", "1.1"))
]


def test_rates_of_a_pair_are_one_row_with_the_latest() -> None:
    columns = input_tables.rates(RATES).columns
    assert [column[0] for column in columns.values()] == [
        *("EUR", "USD", "average", "2026-04", "2026-05", 2, "1.2"),
    ]

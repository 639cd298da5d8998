"""Reading for a variance: one question over the lines, each amount at both rates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finops.core.exchange_rate import ExchangeRate
from finops.core.measure import Axis
from finops.errors import RateMissing
from finops.measures.catalogue import find
from finops.measures.observed import Exchange
from finops.measures.observed import question
from finops.measures.statement import Plan

D = Decimal
RATES = tuple(
    ExchangeRate("EUR", "USD", "average", month, "", D(rate))
    for month, rate in (("2026-04", "1.1"), ("2026-05", "1.2"))
)


def plan(measure: str = "EffectiveCost", currency: str = "USD") -> Plan:
    return Plan(measures=(find(measure),), by=(), grain=None, axis=Axis.CHARGE, currency=currency)


def test_an_amount_is_told_at_the_rate_before_and_at_its_own() -> None:
    exchange = Exchange(plan(), RATES, 1)
    assert exchange.tell(D(10), "EUR", "2026-05") == (D(11), D(12))
    assert exchange.tell(D(10), "USD", "2026-05") == (D(10), D(10))
    assert {rate.period for rate in exchange.used} == {"2026-04", "2026-05"}
    assert Exchange(plan(), RATES, 0).tell(D(10), "EUR", "2026-05") == (D(12), D(12))


def test_without_a_rate_before_the_own_one_stands_and_that_is_noted() -> None:
    exchange = Exchange(plan(), RATES, 1)
    assert exchange.tell(D(10), "EUR", "2026-04") == (D(11), D(11))
    assert list(exchange.not_held) == [
        "FX is not told apart. There is no rate from EUR to USD for 2026-03."
    ]
    with pytest.raises(RateMissing):
        exchange.tell(D(10), "EUR", "2026-06")


def test_amounts_in_their_billing_currency_are_not_converted() -> None:
    assert Exchange(plan(currency="billing"), (), 1).tell(D(1), "EUR", "2026-05") == (D(1), D(1))


def test_the_price_of_a_list_cost_is_the_list_price() -> None:
    asked = question(plan("ListCost")).sql("duckdb")
    assert "ContractedCost" not in asked
    assert "SUM(ContractedCost)" in question(plan()).sql("duckdb")

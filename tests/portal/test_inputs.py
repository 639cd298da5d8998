"""What is there of rates, metrics, budgets and events, in a sentence."""

from __future__ import annotations

from decimal import Decimal

from finops.core.exchange_rate import ExchangeRate
from finops.portal import inputs

RATE = ExchangeRate("EUR", "USD", "average", "2026-04", "", Decimal("1.1"))


def test_the_sentence_says_what_is_there_and_what_unlocks_what_is_not() -> None:
    assert "1 pairs" in inputs.sentence([RATE])
    assert "finops rates add" in inputs.sentence([])

from __future__ import annotations

from decimal import Decimal

from finops.core.exchange_rate import ExchangeRate


def test_a_rate_is_told_for_a_month_or_for_a_day() -> None:
    month = ExchangeRate("EUR", "USD", "average", "2026-04", "", Decimal("1.08"))
    day = ExchangeRate("EUR", "USD", "daily", "", "2026-04-30", Decimal("1.09"))
    assert (month.period, month.day) == ("2026-04", "")
    assert (day.period, day.day) == ("", "2026-04-30")
    assert month.rate < day.rate

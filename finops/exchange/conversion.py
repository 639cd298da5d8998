"""Conversion: an amount in one currency told in another, by the rate of its month."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.errors import RateMissing

if TYPE_CHECKING:
    from finops.core.exchange_rate import ExchangeRate

KINDS = ("contract", "average", "month-end", "daily")
"""Which kind of a month's rates is taken, the first that is there: an agreed one, else its mean."""


@dataclass
class Converter:
    """Converts into one currency and remembers which rates it used.

    A month without a rate of its own is never converted at another month's. Where a pair is not
    there as it is asked, it is used the other way round: divided by its rate.
    """

    currency: str
    rates: tuple[ExchangeRate, ...]
    used: dict[tuple[str, str], ExchangeRate] = field(default_factory=dict)

    def convert(self, number: Decimal, *, currency: str, month: str) -> Decimal:
        """Tell an amount of a month (`YYYY-MM`) in the converter's currency, unrounded.

        Raises:
            RateMissing: there is no rate for that month.
        """
        if currency == self.currency or not number:
            return number
        rate = self._rate(currency, month)
        if rate.from_currency == currency:
            return EXACT.multiply(number, rate.rate)
        return EXACT.divide(number, rate.rate)

    def _rate(self, currency: str, month: str) -> ExchangeRate:
        if found := self.used.get((currency, month)):
            return found
        pair = {currency, self.currency}
        fitting = [r for r in self.rates if {r.from_currency, r.to_currency} == pair and r.rate]
        found = _best([r for r in fitting if month in {r.period, r.day[:7]}], currency)
        if found is None:
            message = f"There is no rate from {currency} to {self.currency} for {month}."
            raise RateMissing(message)
        self.used[currency, month] = found
        return found


def _best(rates: list[ExchangeRate], currency: str) -> ExchangeRate | None:
    """Of the rates of one month, that of the first kind; as asked rather than turned round."""
    for kind in KINDS:
        of_kind = [rate for rate in rates if rate.kind == kind]
        asked = [rate for rate in of_kind if rate.from_currency == currency] or of_kind
        if asked:
            return _mean(asked) if kind == "daily" else asked[-1]
    return None


def _mean(rates: list[ExchangeRate]) -> ExchangeRate:
    mean = EXACT.divide(sum((r.rate for r in rates), Decimal(0)), Decimal(len(rates)))
    return rates[0]._replace(day="", period=rates[0].day[:7], rate=mean.quantize(_DIGITS))


_DIGITS = Decimal("1e-8")
"""Rates have eight digits after the point."""

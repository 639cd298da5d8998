"""Conversion: an amount in one currency told in another, by the rate of its month or day."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.period import BillingPeriod
from finops.errors import RateMissing
from finops.exchange.rule import Kind
from finops.exchange.rule import USUAL
from finops.exchange.rule import USUAL_ORDER

if TYPE_CHECKING:
    from finops.core.exchange_rate import ExchangeRate
    from finops.exchange.rule import RateRule

KINDS = tuple(kind.value for kind in USUAL_ORDER)
"""Which kind of a month's rates is taken, the first that is there: an agreed one, else its mean."""

LAST_DAYS = 4
"""A daily rate this near to the end of a month is its last: banks may rest over Easter."""


@dataclass
class Converter:
    """Converts into one currency and remembers which rates it used.

    A month without a rate of its own is never converted at another month's, unless the rule holds
    one month's rates for all. Where a pair is not there as it is asked, it is used the other way
    round: divided by its rate.
    """

    currency: str
    rates: tuple[ExchangeRate, ...]
    rule: RateRule = USUAL
    used: dict[tuple[str, str], ExchangeRate] = field(default_factory=dict)

    def convert(self, number: Decimal, *, currency: str, month: str) -> Decimal:
        """Tell an amount of a month (`YYYY-MM`) in the converter's currency, unrounded.

        Raises:
            RateMissing: there is no rate for that month.
        """
        if currency == self.currency or not number:
            return number
        return at_rate(number, self._rate(currency, month), currency=currency)

    def _rate(self, currency: str, month: str) -> ExchangeRate:
        if found := self.used.get((currency, month)):
            return found
        held = self.rule.constant or month
        fitting = between(self.rates, currency, self.currency)
        found = of_month(fitting, currency, month=held, kind=self.rule.kind)
        if found is None:
            kind = f"{self.rule.kind} rate" if self.rule.kind else "rate"
            message = f"There is no {kind} from {currency} to {self.currency} for {held}."
            raise RateMissing(message)
        self.used[currency, month] = found
        return found


def at_rate(number: Decimal, rate: ExchangeRate, *, currency: str) -> Decimal:
    """An amount in one of the two currencies of a rate, told in the other, unrounded."""
    if rate.from_currency == currency:
        return EXACT.multiply(number, rate.rate)
    return EXACT.divide(number, rate.rate)


def told(rate: ExchangeRate) -> str:
    """A rate by its name: `EUR to USD 2026-04: 1.1 (average)`."""
    pair = f"{rate.from_currency} to {rate.to_currency}"
    return f"{pair} {rate.day or rate.period}: {rate.rate.normalize():f} ({rate.kind})"


def between(rates: tuple[ExchangeRate, ...], currency: str, other: str) -> tuple[ExchangeRate, ...]:
    """The rates of a pair, as asked or the other way round."""
    pair = {currency, other}
    return tuple(r for r in rates if {r.from_currency, r.to_currency} == pair and r.rate)


def of_month(
    rates: tuple[ExchangeRate, ...], currency: str, *, month: str, kind: Kind | None = None
) -> ExchangeRate | None:
    """Of a pair's rates the one of a month: of a kind, or without one of the first in the order.

    An average that nobody brought is the mean of the days; a month-end the last day's rate.
    """
    mine = tuple(rate for rate in rates if month in {rate.period, rate.day[:7]})
    if kind is None:
        found = (_of_kind(mine, currency, each) for each in USUAL_ORDER)
        return next((rate for rate in found if rate), None)
    if found_ := _of_kind(mine, currency, kind):
        return found_
    if kind is Kind.AVERAGE:
        return _of_kind(mine, currency, Kind.DAILY)
    return _last_day(mine, currency, month) if kind is Kind.MONTH_END else None


def of_day(rates: tuple[ExchangeRate, ...], currency: str, day: str) -> ExchangeRate | None:
    """Of a pair's rates that of a day (`YYYY-MM-DD`), else the month-end of the day's month."""
    mine = tuple(rate for rate in rates if rate.day == day and rate.kind == Kind.DAILY)
    if mine:
        return _asked(mine, currency)[-1]
    return of_month(rates, currency, month=day[:7], kind=Kind.MONTH_END)


def _of_kind(rates: tuple[ExchangeRate, ...], currency: str, kind: Kind) -> ExchangeRate | None:
    asked = _asked(tuple(rate for rate in rates if rate.kind == kind), currency)
    if not asked:
        return None
    return _mean(asked) if kind is Kind.DAILY else asked[-1]


def _asked(rates: tuple[ExchangeRate, ...], currency: str) -> tuple[ExchangeRate, ...]:
    """Those that are as asked; only where there is none, those that are the other way round."""
    return tuple(rate for rate in rates if rate.from_currency == currency) or rates


def _last_day(rates: tuple[ExchangeRate, ...], currency: str, month: str) -> ExchangeRate | None:
    """The last daily rate, where it is of one of the month's last days."""
    end = BillingPeriod.parse(month).end - timedelta(days=LAST_DAYS)
    late = [r for r in rates if r.kind == Kind.DAILY and r.day >= end.isoformat()]
    asked = _asked(tuple(sorted(late, key=lambda rate: rate.day)), currency)
    return asked[-1] if asked else None


def _mean(rates: tuple[ExchangeRate, ...]) -> ExchangeRate:
    mean = EXACT.divide(sum((r.rate for r in rates), Decimal(0)), Decimal(len(rates)))
    return rates[0]._replace(day="", period=rates[0].day[:7], rate=mean.quantize(_DIGITS))


_DIGITS = Decimal("1e-8")
"""Rates have eight digits after the point."""

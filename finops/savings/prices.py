"""Prices: what a provider's or a contract's new price did, so that it is nobody's saving.

What was used is told at the prices of the baseline; the rest is the price effect. A price that the
baseline did not have, such as that of a smaller machine, moves as those of its service did.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.savings.charged import charged
from finops.savings.saving import Price

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.dataset import Dataset
    from finops.savings.charged import Charged
    from finops.savings.charged import Used

SAME = Decimal("0.005")
"""A price that differs by less is the same: quantities are rounded on bills."""

_ONE = Decimal(1)


def prices_of(
    dataset: Dataset, services: Iterable[str], start: date, end: date, *, rates: str
) -> tuple[Price, ...]:
    """What each price of some services was in some days, over all who used it."""
    where = tuple(("ServiceName", one) for one in sorted(services))
    if not where:
        return ()
    return _means(charged(dataset, where, start, end, rates=rates).used)


class Book:
    """The prices of a baseline beside those of later days: how much dearer each was before."""

    def __init__(self, before: Iterable[Price], now: Iterable[Price]) -> None:
        then = {one.sku: one.price for one in before}
        self._factors = {
            one.sku: _factor(then[one.sku], one.price)
            for one in now
            if one.price and one.sku in then
        }
        named = {one.sku: one.service for one in now}
        moved: dict[str, list[Decimal]] = defaultdict(list)
        for sku, factor in self._factors.items():
            moved[named[sku]].append(factor)
        self._services = {name: sorted(those)[len(those) // 2] for name, those in moved.items()}

    def at_baseline(self, one: Used) -> Decimal:
        """What was used, at the price that it had in the baseline."""
        if not one.priced:
            return one.effective
        factor = self._factors.get(one.sku, self._services.get(one.service, _ONE))
        return EXACT.multiply(one.effective, factor)


class Books:
    """A book for each day, so that a price that moves on one moves nothing before it.

    A charge that covers more than a day has the price of the day on which it begins.
    """

    def __init__(self, before: Iterable[Price], used: Iterable[Used]) -> None:
        before = tuple(before)
        days: dict[date, list[Used]] = defaultdict(list)
        for one in used:
            days[one.day].append(one)
        self._books = {day: Book(before, _means(those)) for day, those in days.items()}

    def at_baseline(self, one: Used) -> Decimal:
        """What was used, at the price that it had in the baseline."""
        book = self._books.get(one.day)
        return book.at_baseline(one) if book else one.effective


def books_of(dataset: Dataset, before: tuple[Price, ...], now: Charged, *, rates: str) -> Books:
    """The books for what was used; they compare the prices of all who used them."""
    services = sorted({one.service for one in now.used if one.priced})
    where = tuple(("ServiceName", one) for one in services)
    used = charged(dataset, where, now.start, now.end, rates=rates).used if where else ()
    return Books(before, used)


def _means(used: Iterable[Used]) -> tuple[Price, ...]:
    """Price by price what was paid for what was used, in the billing currency."""
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for one in used:
        if one.priced and one.price is not None:
            held = sums.setdefault((one.sku, one.service), [Decimal(0), Decimal(0)])
            held[0] = EXACT.add(held[0], EXACT.multiply(one.price, one.quantity))
            held[1] = EXACT.add(held[1], one.quantity)
    return tuple(
        Price(sku=sku, service=service, price=EXACT.divide(cost, quantity))
        for (sku, service), (cost, quantity) in sorted(sums.items())
        if cost and quantity
    )


def _factor(before: Decimal, now: Decimal) -> Decimal:
    factor = EXACT.divide(before, now)
    return _ONE if abs(factor - _ONE) < SAME else factor

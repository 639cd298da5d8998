"""Bridge: the cost of one period taken to the cost of another, in steps that sum to the last digit.

Pure arithmetic, by domain.md 9. For each thing with a price and a quantity in both periods

    volume   = e0 x (Q1 - Q0) / Q0        its share of its unit's growth, at its old cost
    mix      = q1 e0 - q0 e0 - volume     what it grew beyond its unit
    price    = q1 (c1 - c0)
    rate     = q1 ((e1 - c1) - (e0 - c0))

with q its quantity, e its cost a unit, c its negotiated price, Q the quantity of its unit. The four
add up to q1 e1 - q0 e0 whatever the rounding, since each quotient stands in two of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.measures.causes import Cause
from finops.measures.causes import USAGE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

NOTHING = Decimal(0)
QUANTUM = Decimal(1).scaleb(-26)
"""Digits of money (18) and of a rate of exchange (8): no product of the two is ever rounded."""

_BY_MONTH = re.compile(r"(?<![a-z])mo(nth)?s?(?![a-z])", re.IGNORECASE)


class Key(NamedTuple):
    """What is compared between two periods: a price where it is used, in its unit and currency.

    `bucket` is `usage`, or the cause that a charge is set apart for. `meter` stands where a bill
    has no identifier of the price.
    """

    bucket: str = USAGE
    service: str | None = None
    sku: str | None = None
    meter: str | None = None
    region: str | None = None
    account: str | None = None
    unit: str | None = None
    currency: str = ""


class Observed(NamedTuple):
    """What was charged for a key in a period.

    `cost` and `contracted` are told at the earlier period's rates of exchange, `exchange` is what
    the own rate makes of the cost beyond that. `contracted` is None where it is not known,
    `quantity` where the bill tells none. `part` are the values of what it is narrowed by.
    """

    key: Key
    cost: Decimal
    contracted: Decimal | None = None
    quantity: Decimal | None = None
    exchange: Decimal = NOTHING
    part: tuple[object, ...] = ()


class Driver(NamedTuple):
    """What drives the quantity, such as orders, in both periods."""

    name: str
    before: Decimal
    after: Decimal


class Terms(NamedTuple):
    """The days of both periods, and what drives the quantity where that is known."""

    days: tuple[int, int]
    driver: Driver | None = None


class Contribution(NamedTuple):
    """How much one key contributes to one step."""

    cause: Cause
    key: Key
    amount: Decimal


@dataclass
class Side:
    """All that was charged for a key in one period; `loose` is cost without a quantity."""

    cost: Decimal = NOTHING
    contracted: Decimal | None = NOTHING
    quantity: Decimal = NOTHING
    loose: Decimal = NOTHING
    exchange: Decimal = NOTHING
    metered: bool = False

    def add(self, seen: Observed) -> None:
        """Take in what was charged."""
        self.exchange = EXACT.add(self.exchange, seen.exchange)
        if not seen.quantity:
            self.loose = EXACT.add(self.loose, seen.cost)
            return
        self.metered = True
        self.cost = EXACT.add(self.cost, seen.cost)
        self.quantity = EXACT.add(self.quantity, seen.quantity)
        if self.contracted is not None:
            known = seen.contracted is not None
            self.contracted = (
                total((self.contracted, seen.contracted or NOTHING)) if known else None
            )

    @property
    def absent(self) -> bool:
        """Whether nothing was charged."""
        return not self.metered and not self.loose


class Pair(NamedTuple):
    """A key in both periods."""

    key: Key
    before: Side
    after: Side

    @property
    def continuing(self) -> bool:
        """Whether it has a quantity in both periods."""
        return min(self.before.quantity, self.after.quantity) > 0


def bridge(
    before: Iterable[Observed], after: Iterable[Observed], terms: Terms
) -> tuple[Contribution, ...]:
    """What each key contributes to each step, zeros left out, in the order of steps and keys.

    With a driver the quantity's growth is told as demand and efficiency, and the days are part of
    the demand.
    """
    pairs = _pairs(before, after)
    found = [part for pair in pairs for part in _plain(pair)]
    families: dict[str | None, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.key.bucket == USAGE and pair.continuing:
            families[pair.key.unit].append(pair)
    for family in families.values():
        found += _family(family, terms)
    order = list(Cause)
    kept = (part for part in _merged(found) if part.amount)
    return tuple(sorted(kept, key=lambda part: (order.index(part.cause), _text(part.key))))


def _pairs(before: Iterable[Observed], after: Iterable[Observed]) -> list[Pair]:
    sides: tuple[dict[Key, Side], dict[Key, Side]] = (defaultdict(Side), defaultdict(Side))
    for side, rows in zip(sides, (before, after), strict=True):
        for seen in rows:
            side[seen.key].add(seen)
    return [Pair(key, sides[0][key], sides[1][key]) for key in {**sides[0], **sides[1]}]


def _plain(pair: Pair) -> Iterator[Contribution]:
    """The steps that need no other key: buckets, new, retired, without quantity, exchange."""
    key, before, after = pair
    yield Contribution(Cause.FX, key, EXACT.subtract(after.exchange, before.exchange))
    metered = EXACT.subtract(after.cost, before.cost)
    loose = EXACT.subtract(after.loose, before.loose)
    if key.bucket != USAGE:
        yield Contribution(Cause(key.bucket), key, EXACT.add(metered, loose))
        return
    yield Contribution(Cause.NO_QUANTITY, key, loose)
    if pair.continuing:
        return
    if before.absent and after.quantity > 0:
        yield Contribution(Cause.NEW, key, metered)
    elif after.absent and before.quantity > 0:
        yield Contribution(Cause.RETIRED, key, metered)
    else:
        yield Contribution(Cause.NO_QUANTITY, key, metered)


def _family(pairs: list[Pair], terms: Terms) -> Iterator[Contribution]:
    """The steps of all that is counted in one unit."""
    sums = total(p.before.quantity for p in pairs), total(p.after.quantity for p in pairs)
    for key, before, after in pairs:
        volume = _grown(before.cost, *sums)
        if driver := terms.driver:
            demand = _grown(before.cost, driver.before, driver.after)
            yield Contribution(Cause.DEMAND, key, demand)
            yield Contribution(Cause.EFFICIENCY, key, EXACT.subtract(volume, demand))
        else:
            longer = _grown(before.cost, *_days(key, terms.days))
            yield Contribution(Cause.DAYS, key, longer)
            yield Contribution(Cause.VOLUME, key, EXACT.subtract(volume, longer))
        grown = EXACT.add(before.cost, _grown(before.cost, before.quantity, after.quantity))
        mix = EXACT.subtract(EXACT.subtract(grown, before.cost), volume)
        yield Contribution(Cause.MIX, key, mix)
        price = EXACT.subtract(after.cost, grown)
        if before.contracted is not None and after.contracted is not None:
            by = _grown(before.contracted, before.quantity, after.quantity)
            price = EXACT.subtract(after.contracted, EXACT.add(before.contracted, by))
        yield Contribution(Cause.PRICE, key, price)
        rate = EXACT.subtract(EXACT.subtract(after.cost, grown), price)
        yield Contribution(Cause.RATE, key, rate)


def _days(key: Key, days: tuple[int, int]) -> tuple[Decimal, Decimal]:
    """The days that a quantity grows with; a unit that counts months (GB-Mo) has none."""
    by_month = _BY_MONTH.search(key.unit or "")
    return Decimal(days[0]), Decimal(days[0] if by_month else days[1])


def _grown(amount: Decimal, before: Decimal, after: Decimal) -> Decimal:
    """By how much an amount grows if it grows as something else does."""
    by = EXACT.multiply(amount, EXACT.subtract(after, before))
    return EXACT.divide(by, before).quantize(QUANTUM, context=EXACT)


def _merged(parts: list[Contribution]) -> Iterator[Contribution]:
    sums: dict[tuple[Cause, Key], Decimal] = defaultdict(Decimal)
    for cause, key, amount in parts:
        sums[cause, key] = EXACT.add(sums[cause, key], amount)
    for (cause, key), amount in sums.items():
        yield Contribution(cause, key, amount)


def _text(key: Key) -> tuple[str, ...]:
    return tuple(part or "" for part in key)

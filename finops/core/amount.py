"""Amount: a decimal number in a currency, and how a whole is split without losing a cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from finops.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

EXACT = Context(prec=76)
"""Sums of DECIMAL(38,18) never lose a digit in this context."""

MINOR_UNITS = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3}
"""Digits after the point where a currency does not have two (ISO 4217)."""


@dataclass(frozen=True)
class Amount:
    """A number in a currency; amounts of two currencies never add."""

    number: Decimal
    currency: str

    def plus(self, other: Amount) -> Amount:
        """Add an amount of the same currency."""
        return Amount(EXACT.add(self.number, self._same(other)), self.currency)

    def minus(self, other: Amount) -> Amount:
        """Subtract an amount of the same currency."""
        return Amount(EXACT.subtract(self.number, self._same(other)), self.currency)

    def rounded(self) -> Amount:
        """The amount as it is posted: half-even, to the currency's minor unit."""
        return Amount(self.number.quantize(minor_unit(self.currency), context=EXACT), self.currency)

    def _same(self, other: Amount) -> Decimal:
        if self.currency != other.currency:
            message = f"{self.currency} and {other.currency} do not add."
            raise UsageError(message, remedy="Convert one of them first.")
        return other.number

    def __str__(self) -> str:
        return f"{self.number:,f} {self.currency}"


def minor_unit(currency: str) -> Decimal:
    """The smallest amount that is posted in a currency: 0.01 for USD, 1 for JPY."""
    return Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2))


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Sum decimals without rounding, however many digits they have."""
    result = Decimal(0)
    for number in numbers:
        result = EXACT.add(result, number)
    return result


def number_of(text: str, *, what: str, remedy: str) -> Decimal:
    """Read a number that somebody typed: finite, with a point and no separators.

    `what` it should be and `remedy`, how to write it, are for whoever wrote it wrong.

    Raises:
        UsageError: it is no number.
    """
    try:
        number = Decimal(text)
    except ArithmeticError:
        number = Decimal("NaN")
    if not number.is_finite():
        message = f"{text!r} is no {what}."
        raise UsageError(message, remedy=remedy)
    return number


def shortest(number: Decimal) -> Decimal:
    """The same number without the zeros at the end of its fraction, however many digits it has."""
    digits = max(len(number.as_tuple().digits), number.adjusted() + 1)
    context = EXACT if digits <= EXACT.prec else Context(prec=digits)
    short = number.normalize(context)
    whole = short == short.to_integral_value()
    return short.quantize(Decimal(1), context=context) if whole else short


def in_full(number: Decimal) -> str:
    """All digits, never with an exponent; the zeros of posted cents are kept."""
    return format(number or shortest(number), "f")


def split(whole: Decimal, weights: Sequence[Decimal], unit: Decimal) -> tuple[Decimal, ...]:
    """Share a whole by weights in multiples of a unit, so that the shares add up to the whole.

    Largest remainder (domain.md 2.5): each share is rounded down and the units left over go to
    the largest remainders, the first of equals first. A negative whole is shared as its absolute
    value. What the whole has beyond the unit goes to the first share that has weight.

    Raises:
        UsageError: a weight is negative, or all are zero.
    """
    base = total(weights)
    if base <= 0 or min(weights) < 0:
        message = "Weights to split by must be zero or more, and not all zero."
        raise UsageError(message)
    size, sign = abs(Fraction(whole)) / Fraction(unit), (-1 if whole < 0 else 1)
    exact = [size * Fraction(weight) / Fraction(base) for weight in weights]
    units = [floor(share) for share in exact]
    by_remainder = sorted(range(len(units)), key=lambda i: (units[i] - exact[i], i))
    for index in by_remainder[: floor(size) - sum(units)]:
        units[index] += 1
    shares = [EXACT.multiply(unit, sign * count) for count in units]
    heir = next(index for index, weight in enumerate(weights) if weight)
    beyond = EXACT.subtract(whole, total(shares))
    shares[heir] = EXACT.add(shares[heir], beyond)
    return tuple(shares)

"""Amounts as whole numbers, so that the demo company's bills add up on any machine.

Money and quantities are 64-bit integers of 1e-12, unit prices of 1e-8, and a quantity that has
a price has at most four digits: price times quantity is exact. Floating point shapes how much is
used; it is rounded to a whole number before anything is priced or added.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCALE = 12
"""Digits after the point of money and quantities."""

ONE = 10**SCALE
PRICE_SCALE = 8
PRICE_UNIT = 10**PRICE_SCALE
"""A price of 1; also the smallest quantity that has a price, in 1e-12."""

DECIMAL = pa.decimal128(38, 18)


def whole(text: str | int, scale: int = SCALE) -> int:
    """Read a decimal text as a whole number of 10^-scale.

    Raises:
        ValueError: the text has more digits than that.
    """
    number = Decimal(text).scaleb(scale)
    if number != number.to_integral_value():
        message = f"{text} has more than {scale} digits after the point."
        raise ValueError(message)
    return int(number)


def price(text: str | int) -> int:
    """Read a unit price, in 1e-8."""
    return whole(text, PRICE_SCALE)


def part(number: int, share: int, of: int) -> int:
    """The share `share / of` of a number, rounded half up to a whole number."""
    return (2 * number * share + of) // (2 * of)


def digits(number: int, scale: int = SCALE) -> str:
    """The whole number as decimal text without needless zeros."""
    sign, size = ("-" if number < 0 else ""), abs(number)
    text = f"{sign}{size // 10**scale}.{size % 10**scale:0{scale}d}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def quantities(shape: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round quantities to four digits and return them in 1e-12."""
    return np.asarray(np.rint(shape * 10**4).astype(np.int64) * PRICE_UNIT, np.int64)


def cost(quantity: NDArray[np.int64], prices: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """Price times quantity, exactly; the quantity has at most four digits."""
    return np.asarray((quantity // PRICE_UNIT) * prices, np.int64)


def decimals(numbers: NDArray[np.int64], known: NDArray[np.bool_], scale: int = SCALE) -> pa.Array:
    """The numbers as DECIMAL(38,18), null where not known, without passing through float."""
    words = np.empty((len(numbers), 2), np.int64)
    words[:, 0] = numbers
    words[:, 1] = numbers >> 63  # the sign fills the upper half of the 128 bits
    valid = np.packbits(known, bitorder="little").tobytes()
    buffers = [pa.py_buffer(valid), pa.py_buffer(words.tobytes())]
    return pa.Array.from_buffers(pa.decimal128(38, scale), len(numbers), buffers).cast(DECIMAL)

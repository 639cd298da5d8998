"""Given: an amount as somebody wrote it, and how exactly that tells the number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from finops.errors import UsageError

_WRITTEN = re.compile(
    r"(?P<before>[A-Z]{3}\s*)?(?P<sign>[-+\u2212]?)"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,24})(?:\.(?P<fraction>[0-9]{1,18}))?"
    r"\s*(?P<scale>[kKmMbB]|bn)?(?P<after>\s*[A-Z]{3})?"
)
_SCALES = {"": 0, "k": 3, "m": 6, "b": 9, "bn": 9}
_HALF = Decimal("0.5")
_HOW = "Write it as 12345.67, 12,345.67, 12.3k or 1.2M, with a currency code or without."


class Given(NamedTuple):
    """The number, half of the last digit that was told, and the currency where one was said."""

    number: Decimal
    tolerance: Decimal
    currency: str = ""


def read_amount(text: str) -> Given:
    """Read an amount; thousands are set apart by commas or not at all, never guessed.

    Raises:
        UsageError: it is no amount, or can be read in two ways.
    """
    found = _WRITTEN.fullmatch(text.strip().replace("\u00a0", " "))
    if not found:
        message = f"{text.strip()!r} is no amount that can be read in one way."
        raise UsageError(message, remedy=_HOW)
    codes = {code.strip() for code in (found["before"], found["after"]) if code}
    if len(codes) > 1:
        message = f"{text.strip()!r} names two currencies."
        raise UsageError(message, remedy=_HOW)
    fraction = found["fraction"] or ""
    exponent = _SCALES[(found["scale"] or "").lower()]
    number = Decimal(f"{found['whole'].replace(',', '')}.{fraction or 0}").scaleb(exponent)
    negative = found["sign"] in {"-", "\u2212"}
    return Given(
        number=-number if negative else number,
        tolerance=_HALF.scaleb(exponent - len(fraction)),
        currency=codes.pop() if codes else "",
    )

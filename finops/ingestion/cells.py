"""Cells: what a cell of a person's file may say, and what is expected where it says otherwise."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    Value = TypeVar("Value")

_TIME = re.compile(r"[T ].*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,18})?")
"""As many digits as the charges carry; no thousands, since nobody can know whose point it is."""


class Unfit(ValueError):  # noqa: N818 -- never seen outside: the reader says it with its place
    """A cell does not say what it should; the text is what was expected."""


def text(told: str) -> str:
    """Any text that is not empty."""
    if not told or "\0" in told:
        raise Unfit("a value")  # noqa: EM101, TRY003 -- the words are the expectation
    return told


def day(told: str) -> date:
    """A day, without the time of day that a workbook adds."""
    expected = "a day as YYYY-MM-DD"
    bare = _TIME.sub("", told)
    if not _DAY.fullmatch(bare):
        raise Unfit(expected)
    try:
        return date.fromisoformat(bare)
    except ValueError as error:
        raise Unfit(expected) from error


def month(told: str) -> str:
    """A calendar month."""
    return shaped(_MONTH, "a month as YYYY-MM")(told)


def currency(told: str) -> str:
    """The code of a currency."""
    return shaped(_CURRENCY, "a currency code such as EUR")(told)


def amount(told: str) -> Decimal:
    """A number with a point and without thousands; a comma may be either, so it is refused."""
    return Decimal(shaped(_NUMBER, "a number such as 1234.56")(told))


def shaped(shape: re.Pattern[str], expected: str) -> Callable[[str], str]:
    """A text of some shape."""

    def read(told: str) -> str:
        if not shape.fullmatch(told):
            raise Unfit(expected)
        return told

    return read


def one_of(choices: Iterable[str]) -> Callable[[str], str]:
    """One of some words, however they are written in capitals."""
    known = tuple(choices)

    def read(told: str) -> str:
        if told.lower() not in known:
            raise Unfit("one of " + ", ".join(known))
        return told.lower()

    return read


def maybe(read: Callable[[str], Value], nothing: Value) -> Callable[[str], Value]:
    """What a cell says, or what it means that it is empty."""
    return lambda told: read(told) if told else nothing

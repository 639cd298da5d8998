"""Formats: how amounts, shares, days and periods are written for the person who reads them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Context
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st
from babel import Locale
from babel import UnknownLocaleError
from babel.dates import format_date
from babel.dates import format_datetime
from babel.numbers import format_compact_decimal
from babel.numbers import format_decimal
from streamlit import runtime

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.period import BillingPeriod
from finops.core.resource_id import short as short_id

if TYPE_CHECKING:
    from datetime import datetime

    from finops.core.amount import Amount
    from finops.core.fiscal import FiscalCalendar

NONE = "n/a"
"""What stands where a number cannot be given; never a zero."""

_SPACE = "\u00a0"
_MINUS = "\u2212"
_WORDS = "en_US"
_THOUSAND = 1000
_THREE_DIGITS = Context(prec=3)
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"https?(?=:)|www(?=\.)|@", re.IGNORECASE)
_RESOURCE = "ResourceId"
_TAG, _WORD = "tag:", re.compile(r"[A-Z]?[^A-Z_]+|[A-Z]+")
_JOINER = "\u2060"
_DATED = re.compile(r"(?<![\w./:=-])(20\d\d-[01]\d)(-[0-3]\d)?(?![\w/=-])")
_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


def money(amount: Amount, *, signed: bool = False) -> str:
    """An amount to its currency's minor unit and with its code: `1,240,118.20 USD`.

    An amount below the minor unit keeps four significant digits, so that a small unit cost is
    never shown as nothing.
    """
    number = amount.number
    unit = minor_unit(amount.currency)
    digits = -int(unit.as_tuple().exponent)
    if number and abs(number) < unit:
        digits = 3 - number.adjusted()
    return _sign(number, _decimal(abs(number), digits), signed=signed) + _SPACE + amount.currency


def short(amount: Amount, *, signed: bool = False) -> str:
    """An amount in three digits, for a sentence or a card: `1.24M USD`."""
    number = amount.number
    if abs(number) < _THOUSAND:
        return money(amount, signed=signed)
    number = _THREE_DIGITS.plus(number)
    text = _compact(abs(number), _reader())
    return _sign(number, text, signed=signed) + _SPACE + amount.currency


def change(now: Decimal, before: Decimal) -> str:
    """How far a number moved, in percent of what it was: `+3.1 %`; n/a from zero or below."""
    if before <= 0:
        return NONE
    return percent((now - before) / before, signed=True)


def percent(share: Decimal, *, signed: bool = False) -> str:
    """A share with one decimal, in percent: 0.031 is `3.1 %`."""
    rounded = EXACT.multiply(share, Decimal(100)).quantize(Decimal("0.1"))
    return _sign(rounded, _decimal(abs(rounded), 1), signed=signed) + _SPACE + "%"


def points(share: Decimal) -> str:
    """How far a share moved, in percent points: 0.012 is `+1.2 pp`."""
    return percent(share, signed=True).removesuffix("%") + "pp"


def number(value: Decimal) -> str:
    """A number with the digits that it has, thousands set apart: `1,200,345.60`."""
    return _decimal(value, max(-int(value.as_tuple().exponent), 0))


def count(number: int) -> str:
    """A count with its thousands set apart: `1,200,345`."""
    return format_decimal(number, locale=_reader())


def counted(number: int, noun: str) -> str:
    """`1 item`, `2 items`."""
    return f"{count(number)} {noun}{'' if number == 1 else 's'}"


def are(number: int, noun: str) -> str:
    """`1 item is`, `2 items are`."""
    return f"{counted(number, noun)} {'is' if number == 1 else 'are'}"


def day(value: date) -> str:
    """A day, the month in words so that nobody takes it for another: `31 Oct 2026`."""
    return format_date(value, "d MMM y", locale=_WORDS)


def day_in_month(value: date) -> str:
    """A day without its year: `31 Oct`."""
    return format_date(value, "d MMM", locale=_WORDS)


def moment(value: datetime) -> str:
    """A moment to the minute, with its time zone: `2 Nov 2026 06:12 UTC`."""
    return format_datetime(value, "d MMM y HH:mm", locale=_WORDS) + " UTC"


def month(period: BillingPeriod) -> str:
    """A billing month in words: `October 2026`."""
    return format_date(period.start, "MMMM y", locale=_WORDS)


def month_name(period: BillingPeriod) -> str:
    """A billing month without its year: `October`."""
    return format_date(period.start, "MMMM", locale=_WORDS)


def month_short(period: BillingPeriod) -> str:
    """A billing month as a card has room for it: `Oct`."""
    return format_date(period.start, "MMM", locale=_WORDS)


def month_brief(period: BillingPeriod) -> str:
    """A billing month as a column has room for it: `Oct 2026`."""
    return format_date(period.start, "MMM y", locale=_WORDS)


def fiscal_month(period: BillingPeriod, calendar: FiscalCalendar) -> str:
    """A billing month with the fiscal period it starts in: `October 2026 (FY27 Q1 P01)`."""
    return f"{month(period)} ({calendar.period_of(period.start).long_label})"


def dated(told: str) -> str:
    """What the records tell, with its months and days in words.

    `2026-09 is not closed` is `September 2026 is not closed`; a date that is a part of a name,
    such as `backup-2026-09`, stays as it is.
    """
    return _DATED.sub(_in_words, told)


def dimension(name: str) -> str:
    """A dimension as a reader says it: `x_CostCenter` is `Cost center`, `tag:env` is `Tag env`."""
    if name.startswith(_TAG):
        return f"Tag {name.removeprefix(_TAG)}"
    return " ".join(_WORD.findall(name.removeprefix("x_"))).capitalize() or name


def scope(told: str) -> str:
    """A scope as a reader says it: `x_Team=search` is `Team search`, of many values the first."""
    named: dict[str, list[str]] = {}
    for part in told.split(";"):
        name, sign, value = part.partition("=")
        values = named.setdefault(name.strip() if sign else name, [])
        if sign:
            values.append(short_id(value) if name.strip() == _RESOURCE else value)
    return "; ".join(
        f"{dimension(name)} {listing(tuple(values))}" if values else name
        for name, values in named.items()
    )


def tail(name: str, most: int) -> str:
    """The end of a long id, which tells two apart: `…-98f2b37c1d05`."""
    end = name[-most:]
    return name if len(name) <= most else "…" + (end.partition("/")[2] or end)


def listing(names: tuple[str, ...], *, most: int = 4) -> str:
    """Names in a row, as a sentence has them: `AWS, Azure and 3 more`."""
    shown = names if len(names) <= most else (*names[: most - 1], f"{len(names) - most + 1} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def md_escape(text: str) -> str:
    """Text from data, made safe to stand in markdown: shown as it is, never as what it does.

    Formulas ($), colors (:red[]), icons (:material/), links, images, code, emphasis, headings,
    tables and HTML lose their meaning; line breaks become spaces. Addresses get an invisible
    joiner, since escaping alone does not keep them from becoming links.
    """
    plain = _BREAKS.sub(" ", text.replace("\0", " "))
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(lambda found: found[0] + _JOINER, plain))


def separators() -> str:
    """The reader's decimal and thousands signs, as a chart's axis wants them: `.,`."""
    symbols = Locale.parse(_reader()).number_symbols["latn"]
    return f"{symbols['decimal']}{symbols['group']}"


def _in_words(found: re.Match[str]) -> str:
    """A month or a day as it is read; what is neither stays."""
    try:
        first = date.fromisoformat(found[0] if found[2] else f"{found[0]}-01")
    except ValueError:
        return found[0]
    return day(first) if found[2] else month(BillingPeriod.of(first))


def _reader() -> str:
    """The reader's locale for numbers; English where the browser names none that is known."""
    return _known(str(st.context.locale or _WORDS) if runtime.exists() else _WORDS)


@lru_cache
def _known(locale: str) -> str:
    with suppress(UnknownLocaleError, ValueError):
        return str(Locale.parse(locale.replace("-", "_")))
    return _WORDS


def _decimal(number: Decimal, digits: int) -> str:
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(number, pattern, locale=_reader())


@lru_cache(maxsize=4096)
def _compact(number: Decimal, locale: str) -> str:
    """Three digits and a word for the rest; few are different, and a slider asks for dozens."""
    return format_compact_decimal(number, locale=locale, fraction_digits=2)


def _sign(number: Decimal, text: str, *, signed: bool) -> str:
    if number < 0:
        return _MINUS + text
    return "+" + text if signed and number > 0 else text

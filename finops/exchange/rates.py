"""Rates of exchange come in by file, and are kept with the file and the moment they came from."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from typing import NoReturn
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.exchange_rate import ExchangeRate
from finops.errors import InputError
from finops.exchange.conversion import KINDS
from finops.ingestion.commit import republish
from finops.records.models import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.command import Transaction

_PERIOD = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RATE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,8})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_PIVOT = "EUR"
"""The European Central Bank's file tells every currency per one euro."""

_ECB_TOO = "The ECB's file, Date and a column a currency, is read too."


@dataclass(frozen=True)
class RatesAdded:
    """How many rates came in, and the snapshot that has them; none before the first import."""

    rates: int
    snapshot: str


@command("rates.add", permission=Permission.WRITE_RATES)
def add_rates(
    transaction: Transaction, *, rates: tuple[ExchangeRate, ...], file: str
) -> RatesAdded:
    """Keep rates; where one of the same kind and time is there, the new one holds from now on."""
    for rate in rates:
        transaction.session.add(
            Rate(
                revision=transaction.revision,
                from_currency=rate.from_currency,
                to_currency=rate.to_currency,
                kind=rate.kind,
                period=rate.period,
                day=rate.day,
                rate=f"{rate.rate:f}",
                file=file,
            )
        )
    snapshot = republish(transaction)
    transaction.record(subject=file, after={"rates": len(rates), "snapshot": snapshot})
    return RatesAdded(len(rates), snapshot)


def read(path: Path) -> tuple[ExchangeRate, ...]:
    """Read a file of rates: `From, To, Kind, Period` or `Date, Rate`, or the ECB's file.

    Raises:
        InputError: a line is no rate; it is named with its column and value, and nothing is read.
    """
    header, lines = _lines(path)
    if {"From", "To", "Rate"} <= set(header):
        found = [_rate(line, Place(path.name, number)) for number, line in lines]
    elif header[:1] == ["Date"] and len(header) > 1:
        found = [rate for number, line in lines for rate in _ecb(line, Place(path.name, number))]
    else:
        message = f"{path.name} line 1: expected From, To, Kind, Period or Date, Rate."
        raise InputError(message, remedy=_ECB_TOO)
    if not found:
        message = f"{path.name} holds no rate."
        raise InputError(message, remedy="Add a line for each rate below the column names.")
    return tuple(found)


def _lines(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The column names of a file, and each line with its number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, skipinitialspace=True, strict=True)
            header = [name.strip() for name in reader.fieldnames or ()]
            reader.fieldnames = header
            lines = [(reader.line_num, line) for line in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path.name} cannot be read as csv: {error}."
        raise InputError(message) from error
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        message = f"{path.name} line 1: {twice[0]} is there twice."
        raise InputError(message, remedy="Name each column once.")
    return header, lines


class Place(NamedTuple):
    """A line of a file, where something may be wrong."""

    file: str
    line: int

    def refuse(self, column: str, value: str, expected: str) -> NoReturn:
        """Refuse a value that is not what it should be."""
        message = f"{self.file} line {self.line}, {column} {value!r}: expected {expected}."
        raise InputError(message, remedy="No rate of this file was taken.")


def _rate(line: dict[str, str], place: Place) -> ExchangeRate:
    told = {
        name: (line.get(name) or "").strip()
        for name in ("From", "To", "Kind", "Period", "Date", "Rate")
    }
    for name in ("From", "To"):
        _hold(_CURRENCY, told[name], place, name, "a currency code such as EUR")
    if told["From"] == told["To"]:
        place.refuse("To", told["To"], "another currency than From has")
    kind = _kind(told, place)
    if told["Date"] or kind == "daily":
        _hold_day(told["Date"], place)
    else:
        _hold(_PERIOD, told["Period"], place, "Period", "a month as YYYY-MM")
    value = _number(told["Rate"], place, "Rate")
    period = "" if told["Date"] else told["Period"]
    return ExchangeRate(told["From"], told["To"], kind, period, told["Date"], value)


def _kind(told: dict[str, str], place: Place) -> str:
    usual = "daily" if told["Date"] else "average"
    kind = told["Kind"].lower().replace("_", "-").replace(" ", "-") or usual
    if kind not in KINDS:
        place.refuse("Kind", told["Kind"], "one of " + ", ".join(KINDS))
    return kind


def _ecb(line: dict[str, str], place: Place) -> Iterator[ExchangeRate]:
    day = (line.get("Date") or "").strip()
    _hold_day(day, place)
    for name, value in line.items():
        given = (value or "").strip() if name and _CURRENCY.fullmatch(name) else ""
        if given not in {"", "N/A"}:
            yield ExchangeRate(_PIVOT, name, "daily", "", day, _number(given, place, name))


def _number(text: str, place: Place, column: str) -> Decimal:
    if not _RATE.fullmatch(text) or not (value := Decimal(text)):
        expected = "a positive number such as 1.0834, with at most 8 decimals"
        place.refuse(column, text, expected)
    return value


def _hold_day(text: str, place: Place) -> None:
    expected = "a day as YYYY-MM-DD"
    _hold(_DAY, text, place, "Date", expected)
    try:
        date.fromisoformat(text)
    except ValueError:
        place.refuse("Date", text, expected)


def _hold(shape: re.Pattern[str], value: str, place: Place, column: str, expected: str) -> None:
    if not shape.fullmatch(value):
        place.refuse(column, value, expected)

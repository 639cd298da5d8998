"""Rates of exchange come in by file, and are kept with the file and the moment they came from."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from decimal import InvalidOperation
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.exchange_rate import ExchangeRate
from finops.errors import InputError
from finops.exchange.conversion import KINDS
from finops.ingestion.commit import latest
from finops.ingestion.commit import publish
from finops.records.models import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.command import Transaction

_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_CURRENCY = re.compile(r"[A-Z]{3}")
_PIVOT = "EUR"
"""The European Central Bank's file tells every currency per one euro."""


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
    base = latest(transaction.session)
    snapshot = ""
    if base:
        version = base.charges_version
        snapshot = publish(transaction, base, parts=base.parts, version=version).id
    transaction.record(subject=file, after={"rates": len(rates), "snapshot": snapshot})
    return RatesAdded(len(rates), snapshot)


def read(path: Path) -> tuple[ExchangeRate, ...]:
    """Read a file of rates: `From, To, Kind, Period` or `Date, Rate`, or the ECB's file.

    Raises:
        InputError: a line is no rate; it is named with its column and value, and nothing is read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, skipinitialspace=True)
            header = [name.strip() for name in reader.fieldnames or ()]
            reader.fieldnames = header
            lines = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path.name} cannot be read as csv: {error}."
        raise InputError(message) from error
    if "Rate" in header and {"From", "To"} <= set(header):
        return tuple(_rate(line, number, path.name) for number, line in enumerate(lines, start=2))
    if header[:1] == ["Date"] and len(header) > 1:
        return tuple(
            rate
            for number, line in enumerate(lines, start=2)
            for rate in _ecb(line, number, path.name)
        )
    message = f"{path.name} line 1: expected From, To, Kind, Period or Date, Rate."
    raise InputError(message, remedy="The ECB's file, Date and a column a currency, is read too.")


def _rate(line: dict[str, str], number: int, file: str) -> ExchangeRate:
    told = {
        name: (line.get(name) or "").strip() for name in ("From", "To", "Kind", "Period", "Date")
    }
    for name in ("From", "To"):
        _hold(_CURRENCY, told[name], file, number, name, "a currency code such as EUR")
    if told["Date"]:
        _hold(_DAY, told["Date"], file, number, "Date", "a day as YYYY-MM-DD")
    else:
        _hold(_PERIOD, told["Period"], file, number, "Period", "a month as YYYY-MM")
    kind = told["Kind"].lower().replace("_", "-").replace(" ", "-") or (
        "daily" if told["Date"] else "average"
    )
    if kind not in KINDS:
        raise _wrong(file, number, "Kind", told["Kind"], "one of " + ", ".join(KINDS))
    value = _number(line.get("Rate") or "", file, number, "Rate")
    period = "" if told["Date"] else told["Period"]
    return ExchangeRate(told["From"], told["To"], kind, period, told["Date"], value)


def _ecb(line: dict[str, str], number: int, file: str) -> Iterator[ExchangeRate]:
    day = (line.get("Date") or "").strip()
    _hold(_DAY, day, file, number, "Date", "a day as YYYY-MM-DD")
    for name, value in line.items():
        if name and _CURRENCY.fullmatch(name) and (value or "").strip() not in {"", "N/A"}:
            rate = _number(value, file, number, name)
            yield ExchangeRate(_PIVOT, name, "daily", "", day, rate)


def _number(text: str, file: str, number: int, column: str) -> Decimal:
    expected = "a positive number such as 1.0834, with at most 8 decimals"
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise _wrong(file, number, column, text, expected) from error
    exponent = value.as_tuple().exponent
    if not value.is_finite() or value <= 0 or (isinstance(exponent, int) and exponent < -8):  # noqa: PLR2004
        raise _wrong(file, number, column, text, expected)
    return value


def _hold(
    shape: re.Pattern[str], value: str, file: str, number: int, column: str, expected: str
) -> None:
    if not shape.fullmatch(value):
        raise _wrong(file, number, column, value, expected)


def _wrong(file: str, line: int, column: str, value: str, expected: str) -> InputError:
    message = f"{file} line {line}, {column} {value!r}: expected {expected}."
    return InputError(message, remedy="No rate of this file was taken.")

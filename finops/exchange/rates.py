"""Rates of exchange come in by file, and are kept with the file and the moment they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.core.exchange_rate import ExchangeRate
from finops.errors import InputError
from finops.exchange.conversion import KINDS
from finops.ingestion import cells
from finops.ingestion.commit import republish
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile
from finops.ingestion.record_files import table
from finops.records.closings import closed_months
from finops.records.closings import refuse_closed
from finops.records.models import Rate
from finops.records.revisions import newest

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.command import Transaction
    from finops.ingestion.record_files import Line

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


class Place(NamedTuple):
    """What a rate is of: its pair whichever way round, the way, the kind, its day and its month."""

    pair: frozenset[str]
    way: str
    kind: str
    day: str
    month: str


@command("rates.add", permission=Permission.WRITE_RATES)
def add_rates(
    transaction: Transaction, *, rates: tuple[ExchangeRate, ...], file: str
) -> RatesAdded:
    """Keep rates; where one of the same kind and time is there, the new one holds from now on.

    In a closed month a pair that has a rate keeps what it has; one that had none may get one.

    Raises:
        Conflict: a rate would change what amounts of a closed month come to.
    """
    closed = closed_months(transaction.session)
    there = {_place(row): Decimal(row.rate) for row in newest(transaction.session, Rate)}
    held = {(place.pair, place.month) for place in there}
    for rate in rates:
        place = _place(rate)
        if there.get(place) == rate.rate:
            continue
        if (place.pair, place.month) in held:
            what = f"{rate.from_currency} to {rate.to_currency} cannot get another rate"
            refuse_closed(closed, what=what, month=place.month)
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


def _place(one: ExchangeRate | Rate) -> Place:
    pair = frozenset({one.from_currency, one.to_currency})
    return Place(pair, one.from_currency, one.kind, one.day, one.period or one.day[:7])


def read(path: Path) -> tuple[ExchangeRate, ...]:
    """Read a file of rates: `From, To, Kind, Period` or `Date, Rate`, or the ECB's file.

    Raises:
        InputError: a line is no rate; it is named with its column and value, and nothing is read.
    """
    sheet = table(path, FILE.noun)
    if set(FILE.needed) <= set(sheet.header):
        return FILE.records(sheet)
    if sheet.header[:1] != ("Date",) or len(sheet.header) == 1:
        message = f"{path.name} line 1: expected From, To, Kind, Period or Date, Rate."
        raise InputError(message, remedy=_ECB_TOO)
    found = tuple(rate for line in sheet.lines for rate in _ecb(line, sheet.header))
    if not found:
        message = f"{path.name} holds no rate."
        raise InputError(message, remedy="Add a line for each rate below the column names.")
    return found


def _rate(line: Line) -> ExchangeRate:
    if line["From"] == line["To"]:
        line.refuse("To", "another currency than From has")
    kind = line["Kind"] or ("daily" if line["Date"] else "average")
    if not line["Date"] and kind == "daily":
        line.refuse("Date", "a day as YYYY-MM-DD")
    if not (line["Date"] or line["Period"]):
        line.refuse("Period", "a month as YYYY-MM")
    period = "" if line["Date"] else line["Period"]
    day = str(line["Date"])
    return ExchangeRate(line["From"], line["To"], kind, period, day, line["Rate"])


def _kind(told: str) -> str:
    return cells.one_of(KINDS)(told.replace("_", "-").replace(" ", "-"))


def _number(told: str) -> Decimal:
    if not _RATE.fullmatch(told) or not (value := Decimal(told)):
        expected = "a positive number such as 1.0834, with at most 8 decimals"
        raise cells.Unfit(expected)
    return value


def _ecb(line: Line, header: tuple[str, ...]) -> Iterator[ExchangeRate]:
    told = [name for name in header if line.told.get(name) not in {None, "", "N/A"}]
    codes = [Column(name, _number) for name in told if _CURRENCY.fullmatch(name)]
    line.read((Column("Date", cells.day), *codes))
    for name, *_ in codes:
        yield ExchangeRate(_PIVOT, name, "daily", "", str(line["Date"]), line[name])


_DAY: Callable[[str], object] = cells.maybe(cells.day, "")

FILE = RecordFile(
    noun="rate",
    make=_rate,
    key=lambda one: one[:5],
    once="From",
    columns=(
        Column("From", cells.currency, "EUR"),
        Column("To", cells.currency, "USD"),
        Column("Kind", cells.maybe(_kind, ""), "average", needed=False),
        Column("Period", cells.maybe(cells.month, ""), "2026-10", needed=False),
        Column("Date", _DAY, needed=False),
        Column("Rate", _number, "1.0834"),
    ),
)
"""A file of rates of exchange, one rate a line."""

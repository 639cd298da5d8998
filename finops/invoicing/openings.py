"""Openings: prepaid balances of commitments that were bought before the first bill."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from decimal import InvalidOperation
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.errors import InputError
from finops.ingestion.commit import republish
from finops.invoicing.books import Opening
from finops.records.models import CommitmentOpening

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.command import Transaction

NEEDED = ("CommitmentDiscountId", "Period", "Amount", "Currency")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class OpeningsAdded:
    """How many balances came in, and the snapshot that has them; none before the first import."""

    openings: int
    snapshot: str


@command("commitments.opening", permission=Permission.WRITE_INVOICES)
def add_openings(
    transaction: Transaction, *, openings: tuple[Opening, ...], file: str
) -> OpeningsAdded:
    """Keep opening balances; one of the same commitment and month is replaced from now on."""
    for opening in openings:
        transaction.session.add(
            CommitmentOpening(
                revision=transaction.revision,
                commitment=opening.commitment,
                month=opening.month,
                amount=str(opening.amount),
                currency=opening.currency,
                file=file,
            )
        )
    snapshot = republish(transaction)
    transaction.record(subject=file, after={"openings": len(openings), "snapshot": snapshot})
    return OpeningsAdded(len(openings), snapshot)


def read(path: Path) -> tuple[Opening, ...]:
    """Read opening balances from csv.

    Raises:
        InputError: a line is no balance; it is named with column and value, and nothing is taken.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, skipinitialspace=True)
            if missing := [name for name in NEEDED if name not in (reader.fieldnames or ())]:
                message = f"{path.name} line 1: the column {missing[0]} is missing."
                raise InputError(message, remedy="It has " + ", ".join(NEEDED) + ".")
            return tuple(
                _opening(line, f"{path.name} line {n}") for n, line in enumerate(reader, 2)
            )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path.name} cannot be read as csv: {error}."
        raise InputError(message) from error


def _opening(line: dict[str, str], place: str) -> Opening:
    told = {name: (line.get(name) or "").strip() for name in NEEDED}
    if not told["CommitmentDiscountId"]:
        raise _wrong(place, "CommitmentDiscountId", "", "a commitment's id")
    if not _MONTH.fullmatch(told["Period"]):
        raise _wrong(place, "Period", told["Period"], "a month as YYYY-MM")
    if not re.fullmatch(r"[A-Z]{3}", told["Currency"]):
        raise _wrong(place, "Currency", told["Currency"], "a currency code such as EUR")
    try:
        amount = Decimal(told["Amount"])
    except InvalidOperation as error:
        raise _wrong(place, "Amount", told["Amount"], "a number such as 3350.00") from error
    if not amount.is_finite() or amount < 0:
        raise _wrong(place, "Amount", told["Amount"], "a number of 0 or more")
    return Opening(
        commitment=told["CommitmentDiscountId"],
        month=told["Period"],
        amount=amount,
        currency=told["Currency"],
    )


def _wrong(place: str, column: str, value: str, expected: str) -> InputError:
    message = f"{place}, {column} {value!r}: expected {expected}."
    return InputError(message, remedy="No balance of this file was taken.")

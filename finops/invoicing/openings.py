"""Openings: prepaid balances of commitments that were bought before the first bill."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import astuple
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.command import command
from finops.access.roles import Permission
from finops.ingestion import cells
from finops.ingestion.commit import republish
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile
from finops.invoicing.books import Opening
from finops.records.closings import closed_months
from finops.records.closings import refuse_closed
from finops.records.models import CommitmentOpening
from finops.records.revisions import newest

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.command import Transaction
    from finops.ingestion.record_files import Line


@dataclass(frozen=True)
class OpeningsAdded:
    """How many balances came in, and the snapshot that has them; none before the first import."""

    openings: int
    snapshot: str


@command("commitments.opening", permission=Permission.WRITE_INVOICES)
def add_openings(
    transaction: Transaction, *, openings: tuple[Opening, ...], file: str
) -> OpeningsAdded:
    """Keep opening balances; one of the same commitment and month is replaced from now on.

    A balance is carried forward, so a closed month holds every balance up to it.

    Raises:
        Conflict: a balance up to a closed month is new, or another.
    """
    there = {
        (row.commitment, row.month, Decimal(row.amount), row.currency)
        for row in newest(transaction.session, CommitmentOpening)
    }
    closed = closed_months(transaction.session)
    months = sorted({month for _, month in closed})
    for opening in openings:
        if astuple(opening) in there:
            continue
        what = f"The opening balance of {opening.commitment} for {opening.month} cannot change"
        for month in months[bisect_left(months, opening.month) :][:1]:
            refuse_closed(closed, what=what, month=month)
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
    """Read opening balances from csv or xlsx.

    Raises:
        InputError: a line is no balance; it is named with column and value, and nothing is taken.
    """
    return FILE.read(path)


def _balance(told: str) -> Decimal:
    expected = "a number of 0 or more such as 3350.00"
    try:
        value = cells.amount(told)
    except cells.Unfit as error:
        raise cells.Unfit(expected) from error
    if value < 0:
        raise cells.Unfit(expected)
    return value


def _opening(line: Line) -> Opening:
    return Opening(
        commitment=line["CommitmentDiscountId"],
        month=line["Period"],
        amount=line["Amount"],
        currency=line["Currency"],
    )


FILE = RecordFile(
    noun="balance",
    make=_opening,
    key=lambda one: (one.commitment, one.month),
    once="CommitmentDiscountId",
    columns=(
        Column("CommitmentDiscountId", example="sp-1"),
        Column("Period", cells.month, "2026-10"),
        Column("Amount", _balance, "3350.00"),
        Column("Currency", cells.currency, "USD"),
    ),
)
"""A file of opening balances, one commitment a line."""

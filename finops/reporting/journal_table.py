"""Journal table: the lines of a journal in the columns that a ledger takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.reporting.exports import About

if TYPE_CHECKING:
    from datetime import date

    from finops.invoicing.journal import Journal

COLUMNS = (
    "Entry",
    "Date",
    "Period",
    "Period state",
    "Account",
    "Cost center",
    "Debit",
    "Credit",
    "Currency",
    "Reporting amount",
    "Memo",
    "Source hash",
)


def about(journal: Journal, *, by: str, on: date) -> About:
    """What the file is."""
    what = f"Journal of {journal.period}, version {journal.version}, {journal.mark}"
    return About(what, by, on, snapshot=journal.snapshot)


def rows(journal: Journal) -> list[tuple[object, ...]]:
    """One row for each line; the reporting amount is debit less credit, empty without a rate."""
    source = journal.source
    return [
        (
            entry.id,
            entry.day,
            str(journal.period),
            journal.mark,
            line.account,
            line.cost_center,
            line.debit,
            line.credit,
            entry.currency,
            line.reporting,
            line.memo,
            source,
        )
        for entry in journal.entries
        for line in entry.lines
    ]

"""Journal table: the lines of a journal in the columns that a ledger takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

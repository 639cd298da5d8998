"""Statement table: the lines of a statement as a file, each with how final its month is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finops.reporting.statement import Statement

COLUMNS = (
    "Owner",
    "Period",
    "Period state",
    "Line",
    "Amount",
    "Month before",
    "Currency",
    "Snapshot",
    "Source hash",
)


def rows(found: Statement, *, mark: str) -> list[tuple[object, ...]]:
    """One row for each line and one for their sum; `mark` is `provisional`, or closed and seal."""
    lines = [(one.says, one.amount, one.before) for one in found.lines]
    return [
        (
            found.scope,
            found.period,
            mark,
            says,
            amount,
            before,
            found.currency,
            found.snapshot,
            found.digest,
        )
        for says, amount, before in (*lines, ("Total", found.total, found.before))
    ]

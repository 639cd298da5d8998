"""Statement table: the lines of a statement as a file, each with how final its month is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.reporting.exports import About

if TYPE_CHECKING:
    from datetime import date

    from finops.reporting.statement import Statement

COLUMNS = (
    "Owner",
    "Period",
    "Period state",
    "Section",
    "Line",
    "Amount",
    "Month before",
    "Saved in",
    "Of it avoided",
    "Currency",
    "Snapshot",
    "Source hash",
)
BEARS, CREDIT = "Cost", "Savings credit, no part of the total"
"""The sections: what the owner bears, and what it is credited for savings, as the cost fell."""

_Line = tuple[str, str, object, object, str, object]


def about(found: Statement, *, mark: str, by: str, on: date) -> About:
    """What the file is."""
    what = f"Statement of {found.period}, {mark}"
    return About(what, by, on, only=found.scope, snapshot=found.snapshot)


def rows(found: Statement, *, mark: str) -> list[tuple[object, ...]]:
    """One row for each line and one for their sum, section by section.

    `mark` is `provisional`, or closed and seal. The credit has a section only where there is any.
    """
    head = (found.scope, found.period, mark)
    tail = (found.currency, found.snapshot, found.digest)
    return [(*head, *line, *tail) for line in (*_cost(found), *_credit(found))]


def _cost(found: Statement) -> list[_Line]:
    lines = [(one.says, one.amount, one.before) for one in found.lines]
    sums = ("Total", found.total, found.before)
    return [(BEARS, says, amount, before, "", None) for says, amount, before in (*lines, sums)]


def _credit(found: Statement) -> list[_Line]:
    if not found.savings:
        return []
    lines = [(one.says, one.amount, one.month, one.avoided) for one in found.savings]
    sums = ("Total credited", found.saved, "", total(one.avoided for one in found.savings))
    return [
        (CREDIT, says, amount, None, month, avoided)
        for says, amount, month, avoided in (*lines, sums)
    ]

"""The demo company's closed books: the three months before the last one, closed by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.access.command import Call
from finops.core.period import BillingPeriod
from finops.invoicing import closing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from finops.access.workspace import Workspace

ASKS, AGREES = "Helen Archer", "Marcus Lind"
"""Who in the company's finance asks for a close, and who agrees."""

CLOSED = 3


def closed(months: Sequence[str]) -> list[str]:
    """The months that are closed: the last is still open, those long ago nobody closed here."""
    return list(months)[-CLOSED - 1 : -1]


def close_books(workspace: Workspace, *, at: datetime) -> None:
    """Close the months, each by the same two commands as anybody would.

    Raises:
        UsageError: a month lacks something, which is a fault in the demo.
    """
    terms = closing.Terms()
    snapshot = workspace.snapshot()
    months = sorted({part.month for part in snapshot.charges}) if snapshot else []
    for month in closed(months):
        first, second = (
            Call(actor=local_actor(name), at=at, origin="demo", key=None) for name in (ASKS, AGREES)
        )
        period = BillingPeriod.parse(month)
        found = closing.look(workspace, period, actor=first["actor"], provider="", terms=terms)
        closing.ask(workspace, found, reason="all invoices tie", terms=terms, call=first)
        closing.agree(workspace, found, terms=terms, call=second)

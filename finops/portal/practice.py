"""Practice: whether it is healthy: what has an owner, who agreed, what ties, the next review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.portal import allocated
from finops.portal import formats
from finops.portal import meeting
from finops.portal import statement_views
from finops.portal import ties

if TYPE_CHECKING:
    from finops.allocation.allocated import Allocation
    from finops.invoicing import Reconciliation
    from finops.portal.lens import Lens
    from finops.portal.meeting import Held


def sentence(lens: Lens) -> str:
    """Owned, agreed, tied, and ready for the meeting: in that order."""
    told = (
        owned(allocated.allocation(lens), formats.month(lens.period)),
        statement_views.agreed(lens),
        tied(ties.report(lens)),
        review(meeting.held()),
    )
    return "; ".join(told) + "."


def owned(found: Allocation, month: str) -> str:
    """How much of the month has an owner."""
    whole, share = formats.short(Amount(found.charges, found.currency)), found.unallocated_after
    if share is None:
        return f"**{month}: {whole}**"
    return f"**{month}: {formats.percent(1 - share)} of {whole} has an owner**"


def tied(found: Reconciliation) -> str:
    """Whether the invoices tie; a month without any says so."""
    if found.state == "open":
        return "no invoice is in yet"
    return "its invoices tie" if found.ties else "**its invoices do not tie**"


def review(held: Held | None) -> str:
    """What still waits before the next review."""
    if held is None:
        return "no review is planned"
    if held.final:
        return "its review was held"
    day = formats.day_in_month(held.meeting.day)
    waiting = sum(not one.answered for one in held.requests)
    if not waiting:
        return f"the review on {day} is ready"
    return f"the review on {day} waits for {formats.counted(waiting, 'answer')}"

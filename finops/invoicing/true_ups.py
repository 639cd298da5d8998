"""True-ups: what invoices differ from what was accrued and posted before they came (REC-3).

An accrual that was posted stays posted, and its reversal on the first of the next month with it;
the invoice is booked whole when it comes. What the three leave in that month is the true-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.invoicing.accrual import true_up
from finops.invoicing.differences import Reason
from finops.invoicing.journal import ACCRUAL
from finops.invoicing.journal import INVOICE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.invoicing.posted import Posting
    from finops.invoicing.posting import Entry
    from finops.invoicing.reconciliation import Match
    from finops.invoicing.reconciliation import Reconciliation

_NEVER_ACCRUED = {Reason.TAX, Reason.OTHER_ISSUER}
"""What an invoice asks for that no accrual of its issuer holds."""


@dataclass(frozen=True, kw_only=True)
class Settled:
    """An accrual and the invoices that came for it: `amount` is actual less accrued, as posted.

    `share` is of the actual amount; `version` of the journal is the one that posted the accrual.
    """

    issuer: str
    currency: str
    accrued: Decimal
    actual: Decimal
    amount: Decimal
    share: Decimal | None
    version: int
    actor: str
    at: str


def true_ups(report: Reconciliation, known: Iterable[Posting]) -> tuple[Settled, ...]:
    """The true-up of every posted accrual of a month whose invoices have come since.

    Args:
        report: the month as it is reconciled now.
        known: the versions of its journal that were posted.

    Returns:
        One of each issuer and currency; none where no invoice came, or one in another currency.
    """
    found: dict[tuple[str, str], Settled] = {}
    for posting in sorted(known, key=lambda one: one.version):
        booked = {one.subject for one in posting.entries if one.kind == INVOICE}
        for entry in posting.entries:
            if entry.kind == ACCRUAL and (settled := _settled(entry, posting, report, booked)):
                found[settled.issuer, settled.currency] = settled
    return tuple(one for _, one in sorted(found.items()))


def _settled(
    entry: Entry, posting: Posting, report: Reconciliation, booked: set[str]
) -> Settled | None:
    """What came of one accrual; invoices that its version had booked are none of it."""
    came = [
        one
        for one in report.invoices
        if (one.issuer, one.currency, one.has_invoice) == (entry.subject, entry.currency, True)
        and f"{one.issuer} {one.invoice_id}".strip() not in booked
    ]
    if not came:
        return None
    # An accrual debits the expense first; what is accrued below zero is a credit there.
    unit = minor_unit(entry.currency)
    accrued = entry.lines[0].net
    actual = total(_expected(one) for one in came).quantize(unit, context=EXACT)
    found = true_up(accrued, actual)
    return Settled(
        issuer=entry.subject,
        currency=entry.currency,
        accrued=accrued,
        actual=actual,
        amount=found.amount,
        share=found.share,
        version=posting.version,
        actor=posting.actor,
        at=posting.at,
    )


def _expected(match: Match) -> Decimal:
    """What an invoice asks for that its issuer's charges could foretell."""
    beyond = (one.amount for one in match.explained if one.reason in _NEVER_ACCRUED)
    return EXACT.subtract(match.invoiced, total(beyond))

"""Then: the snapshots that knew a month otherwise, and what its invoices carry beside charges."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.dataset.sql import parse
from finops.invoicing.books import books_of

if TYPE_CHECKING:
    from finops.access.workspace import Workspace
    from finops.core.period import BillingPeriod
    from finops.core.scope import Viewer
    from finops.dataset import Dataset
    from finops.dataset import Snapshot

MOST = 6
"""So many earlier states of a month are looked at, the latest ones."""

_TAXED = """
SELECT DISTINCT InvoiceIssuerName FROM rollup
WHERE ChargeCategory = 'Tax' AND x_BillingMonth = '{month}'
"""


def earlier(
    workspace: Workspace, dataset: Dataset, period: BillingPeriod, viewer: Viewer
) -> tuple[Dataset, ...]:
    """The dataset at each earlier snapshot that held other charges of a month, the latest first.

    Of the snapshots that held the same, the last one stands for all.
    """
    seen = {_held(dataset.snapshot, period)}
    found: list[Dataset] = []
    for snapshot in reversed(workspace.snapshots()):
        held = _held(snapshot, period)
        if snapshot.number >= dataset.snapshot.number or held in seen or not held:
            continue
        seen.add(held)
        found.append(workspace.dataset(viewer, as_of=str(snapshot.number)))
        if len(found) == MOST:
            break
    return tuple(found)


def _held(snapshot: Snapshot, period: BillingPeriod) -> frozenset[tuple[str, ...]]:
    """The parts that bill a month or reach into it, and whose charges they were made out to be."""
    first, end = f"{period.start}", f"{period.end}"
    return frozenset(
        (*part.delivery, part.digest, part.organization)
        for part in snapshot.charges
        if part.month == str(period) or (part.first_day < end and part.end_day > first)
    )


def untold_taxes(
    workspace: Workspace, dataset: Dataset, period: BillingPeriod
) -> tuple[tuple[str, Decimal], ...]:
    """By currency, the tax on a month's invoices of issuers whose charges carry none."""
    question = parse(_TAXED.format(month=period))
    taxed = {row[0] for row in dataset.select(question).rows}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for header in books_of(workspace, dataset.snapshot).headers:
        if header.month == str(period) and header.tax and header.issuer not in taxed:
            sums[header.currency] = EXACT.add(sums[header.currency], header.tax)
    return tuple(sorted(sums.items()))

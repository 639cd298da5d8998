"""Adjusted: adjustments of closed months among what a month bills, told apart and by their name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.invoicing.charged import billed
from finops.invoicing.differences import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from finops.invoicing.charged import Slice
    from finops.invoicing.invoices import Invoice

RESTATEMENT = "restatement"
"""How the name of a difference begins that adjustments of a closed month make."""

Slices = tuple["Slice", ...]


def told_apart(slices: Slices, found: tuple[Invoice, ...]) -> tuple[Slices, Slices]:
    """The charges of a month, and apart from them adjustments that none of its invoices names."""
    named = {(one.issuer, number, one.currency) for one in found for number in one.numbers}
    mine: list[Slice] = []
    apart: list[Slice] = []
    for one in slices:
        free = one.adjusts and (one.issuer, one.invoice_id, one.currency) not in named
        (apart if free else mine).append(one)
    return tuple(mine), tuple(apart)


def grouped(adjusted: Slices) -> Iterator[tuple[tuple[str, str, str], str, Slices]]:
    """Adjustments by issuer and currency, as charges on no invoice, and by the closed month."""
    rows: dict[tuple[str, str, str], list[Slice]] = defaultdict(list)
    for one in adjusted:
        rows[one.issuer, one.currency, one.adjusts].append(one)
    for (issuer, currency, month), mine in rows.items():
        yield (issuer, "", currency), month, tuple(mine)


def asked(invoice: Invoice, adjusted: Slices) -> tuple[Difference, ...]:
    """What an invoice may ask for without naming it: each closed month's adjustments."""
    return tuple(
        restatement(issuer, month, amount)
        for (issuer, _, currency), month, mine in grouped(adjusted)
        if (issuer, currency) == (invoice.issuer, invoice.currency) and (amount := billed(mine))
    )


def restatement(issuer: str, month: str, amount: Decimal) -> Difference:
    """What later deliveries said of a closed month, as a part of a difference."""
    evidence = (("InvoiceIssuerName", issuer), ("x_Adjusts", month))
    told = f"{BillingPeriod.parse(month).start:%B %Y}"
    return Difference(reason=f"{RESTATEMENT} of {told}", amount=amount, evidence=evidence)

"""Joined: several invoices of one account that its charges do not tell apart, taken as one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from finops.invoicing.invoices import JOINT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.invoicing.charged import Slice
    from finops.invoicing.invoices import Invoice


def joined(found: Iterable[Invoice], slices: Iterable[Slice]) -> tuple[Invoice, ...]:
    """Put together the invoices of a month that only their account could tell apart.

    Where a provider gives its charges no invoice number, nobody can say which of two invoices of
    one account a charge is on: only their sum can tie, and that is what is compared. A credit memo
    stays alone, since it speaks of another invoice.
    """
    numbered = {one.issuer for one in slices if one.invoice_id}
    alike: dict[tuple[str, ...], list[Invoice]] = defaultdict(list)
    alone = []
    for invoice in found:
        if invoice.issuer in numbered or invoice.reference:
            alone.append(invoice)
        else:
            alike[invoice.issuer, invoice.currency, invoice.account].append(invoice)
    return (*alone, *map(_one, alike.values()))


def _one(invoices: list[Invoice]) -> Invoice:
    ordered = sorted(invoices, key=lambda invoice: invoice.invoice_id)
    return replace(
        ordered[0],
        invoice_id=JOINT.join(invoice.invoice_id for invoice in ordered),
        lines=tuple(line for invoice in ordered for line in invoice.lines),
        rounded=sum(invoice.rounded for invoice in ordered),
    )


def by_invoice(
    slices: tuple[Slice, ...], found: tuple[Invoice, ...]
) -> dict[tuple[str, str, str], list[Slice]]:
    """The charges of each invoice: by its number; where a provider gives none, by its account."""
    numbered = {one.issuer for one in slices if one.invoice_id}
    rows: dict[tuple[str, str, str], list[Slice]] = defaultdict(list)
    for one in slices:
        name = one.invoice_id
        if not name and one.issuer not in numbered:
            name = _by_account(one, found)
        rows[one.issuer, name, one.currency].append(one)
    return rows


def _by_account(one: Slice, found: tuple[Invoice, ...]) -> str:
    fitting = [
        invoice
        for invoice in found
        if invoice.issuer == one.issuer
        and invoice.currency == one.currency
        and invoice.account in {"", one.account}
        and not invoice.reference
    ]
    exact = [invoice for invoice in fitting if invoice.account == one.account]
    chosen = exact or fitting
    return chosen[0].invoice_id if len(chosen) == 1 else ""

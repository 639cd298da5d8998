"""Invoices of a month, from the provider's InvoiceDetail and from headers that people brought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.dataset.sql import parse

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.ingestion.invoices import Header

TAX, CREDIT = "Tax", "Credit"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an invoice: what is asked for, in which category, for which account."""

    category: str
    amount: Decimal
    account: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """An invoice: payable is the sum of its lines; `rounded` is how many of these were rounded."""

    issuer: str
    invoice_id: str
    account: str
    month: str
    currency: str
    lines: tuple[Line, ...]
    rounded: int
    reference: str = ""

    @property
    def payable(self) -> Decimal:
        """What the invoice asks for, tax included."""
        return total(line.amount for line in self.lines)

    @property
    def tax(self) -> Decimal:
        """The tax among it."""
        return total(line.amount for line in self.lines if line.category == TAX)


_DETAILS = """
SELECT InvoiceIssuerName, InvoiceId, BillingCurrency, ChargeCategory, BillingAccountId,
       InvoiceDetailDescription, ReferenceInvoiceId, BilledCost
FROM InvoiceDetail
WHERE coalesce(InvoiceIssueStatus, 'Issued') <> 'Voided'
  AND date_trunc('month', CAST(BillingPeriodStart AS DATE)) = CAST('{month}-01' AS DATE)
"""


def invoices(dataset: Dataset, headers: tuple[Header, ...], month: str) -> tuple[Invoice, ...]:
    """The invoices of a billing month; where both sources have one, a person's header holds."""
    detailed = _detailed(dataset, month)
    headed = {
        (header.issuer, header.invoice_id, header.currency): _headed(header)
        for header in headers
        if header.month == month
    }
    return tuple((detailed | headed).values())


def _headed(header: Header) -> Invoice:
    lines = [Line(category="Net", amount=header.net, account=header.account)]
    if header.tax:
        lines.append(Line(category=TAX, amount=header.tax, account=header.account))
    return Invoice(
        issuer=header.issuer,
        invoice_id=header.invoice_id,
        account=header.account,
        month=header.month,
        currency=header.currency,
        lines=tuple(lines),
        rounded=header.lines,
        reference=header.reference,
    )


def _detailed(dataset: Dataset, month: str) -> dict[tuple[str, str, str], Invoice]:
    question = parse(_DETAILS.format(month=month))
    found: dict[tuple[str, str, str], list[tuple[Line, str]]] = defaultdict(list)
    for issuer, name, currency, category, account, text, reference, cost in dataset.select(
        question
    ).rows:
        line = Line(
            category=category or "", amount=cost, account=account or "", description=text or ""
        )
        found[issuer, name or "", currency].append((line, reference or ""))
    return {
        (issuer, name, currency): Invoice(
            issuer=issuer,
            invoice_id=name,
            account=_one({line.account for line, _ in lines}),
            month=month,
            currency=currency,
            lines=tuple(line for line, _ in lines),
            rounded=len(lines),
            reference=_one({reference for _, reference in lines} - {name}),
        )
        for (issuer, name, currency), lines in found.items()
    }


def _one(values: set[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""

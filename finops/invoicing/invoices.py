"""Invoices of a month, from the provider's InvoiceDetail and from headers that people brought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.dataset.sql import parse

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.ingestion.invoices import Header

Key = tuple[str, str, str, str]
"""Issuer, number, currency and month."""

TAX, CREDIT, NET = "Tax", "Credit", "Net"
VOIDED = "Voided"
JOINT = " + "
"""Between the numbers of invoices that are taken as one."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an invoice: what is asked for, in which category, for which account."""

    category: str
    amount: Decimal
    account: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """An invoice: payable is the sum of its lines; `rounded` is how many of these were rounded.

    `reference` is the invoice that a credit memo is about; `issued` and `due` are days
    (`YYYY-MM-DD`), empty where nobody says them.
    """

    issuer: str
    invoice_id: str
    account: str
    month: str
    currency: str
    lines: tuple[Line, ...]
    rounded: int
    reference: str = ""
    issued: str = ""
    due: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number it goes by: its own, and of each invoice that is taken as one with it."""
        return (self.invoice_id, *self.invoice_id.split(JOINT))

    @property
    def payable(self) -> Decimal:
        """What the invoice asks for, tax included."""
        return total(line.amount for line in self.lines)

    @property
    def tax(self) -> Decimal:
        """The tax among it."""
        return total(line.amount for line in self.lines if line.category == TAX)

    def asks(self, category: str) -> bool:
        """Whether it has a line under a charge category; a header tells no categories apart."""
        return any(line.category in {category, NET} for line in self.lines)


_DETAILS = """
SELECT InvoiceIssuerName, InvoiceId, BillingCurrency, ChargeCategory, BillingAccountId,
       InvoiceDetailDescription, BilledCost, date_trunc('month', CAST(BillingPeriodStart AS DATE)),
       ReferenceInvoiceId, CAST(InvoiceIssueDate AS DATE), CAST(PaymentDueDate AS DATE)
FROM InvoiceDetail
WHERE coalesce(InvoiceIssueStatus, 'Issued') <> 'Voided' AND {where}
"""
_OF_MONTH = "date_trunc('month', CAST(BillingPeriodStart AS DATE)) = CAST('{month}-01' AS DATE)"
_MEMOS = "coalesce(ReferenceInvoiceId, '') <> '' AND ReferenceInvoiceId <> InvoiceId"


def invoices(dataset: Dataset, headers: tuple[Header, ...], month: str) -> tuple[Invoice, ...]:
    """The invoices of a billing month; where both sources have one, a person's header holds."""
    return _both(
        _detailed(dataset, _OF_MONTH.format(month=month)),
        [header for header in headers if header.month == month],
    )


def memos(dataset: Dataset, headers: tuple[Header, ...]) -> tuple[Invoice, ...]:
    """The invoices of every month that speak of another invoice."""
    told = _both(_detailed(dataset, _MEMOS), [header for header in headers if header.reference])
    return tuple(one for one in told if one.reference)


def _both(detailed: dict[Key, Invoice], headers: list[Header]) -> tuple[Invoice, ...]:
    mine: dict[Key, list[Header]] = defaultdict(list)
    for header in headers:
        mine[header.issuer, header.invoice_id, header.currency, header.month].append(header)
    standing = {key: [one for one in parts if one.status != VOIDED] for key, parts in mine.items()}
    found = {key: invoice for key, invoice in detailed.items() if key not in mine}
    return (*found.values(), *(_headed(parts) for parts in standing.values() if parts))


def _headed(parts: list[Header]) -> Invoice:
    """One invoice of its headers: one for each account that it is told apart by."""
    first = parts[0]
    lines = [Line(category=NET, amount=one.net, account=one.account) for one in parts]
    lines += [Line(category=TAX, amount=one.tax, account=one.account) for one in parts if one.tax]
    return Invoice(
        issuer=first.issuer,
        invoice_id=first.invoice_id,
        account=_one({one.account for one in parts}),
        month=first.month,
        currency=first.currency,
        lines=tuple(lines),
        rounded=sum(one.lines for one in parts),
        reference=_one({one.reference for one in parts}),
        issued=_one({one.issued for one in parts}),
        due=_one({one.due for one in parts}),
    )


def _detailed(dataset: Dataset, where: str) -> dict[Key, Invoice]:
    question = parse(_DETAILS.format(where=where))
    found: dict[Key, list[tuple[Line, tuple[str, ...]]]] = defaultdict(list)
    for row in dataset.select(question).rows:
        issuer, name, currency, category, account, text, cost, day, *said = row
        line = Line(
            category=category or "", amount=cost, account=account or "", description=text or ""
        )
        words = tuple(str(one or "") for one in said)
        found[issuer, name or "", currency, f"{day:%Y-%m}"].append((line, words))
    return {
        (issuer, name, currency, month): Invoice(
            issuer=issuer,
            invoice_id=name,
            account=_one({line.account for line, _ in lines}),
            month=month,
            currency=currency,
            lines=tuple(line for line, _ in lines),
            rounded=len(lines),
            reference=_one({said[0] for _, said in lines} - {name}),
            issued=_one({said[1] for _, said in lines}),
            due=_one({said[2] for _, said in lines}),
        )
        for (issuer, name, currency, month), lines in found.items()
    }


def _one(values: set[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""

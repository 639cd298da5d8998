"""Booked: which charges each invoice of a month books, by cost center and ledger account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.dimension import LEDGER
from finops.dataset.sql import parse
from finops.focus.columns import UNALLOCATED
from finops.invoicing.adjusted import told_apart
from finops.invoicing.charged import Slice
from finops.invoicing.currencies import Exchange
from finops.invoicing.differences import Case
from finops.invoicing.invoices import invoices
from finops.invoicing.joined import by_invoice
from finops.invoicing.joined import joined
from finops.invoicing.periods import unsettled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.dataset import Dataset
    from finops.invoicing.books import Books
    from finops.invoicing.invoices import Invoice
    from finops.invoicing.reconciliation import Match
    from finops.invoicing.reconciliation import Reconciliation

CENTER = "x_CostCenter"


@dataclass(frozen=True, kw_only=True)
class Part(Slice):
    """Charges that are booked alike: of one cost center, ledger account and frequency."""

    cost_center: str = UNALLOCATED
    ledger: str = ""
    recurring: bool = False


class Booked(NamedTuple):
    """An invoice with the charges that it books; without one, what is owed for other reasons."""

    subject: str
    issuer: str
    currency: str
    parts: tuple[Part, ...]
    invoice: Invoice | None = None
    match: Match | None = None


_PARTS = """
SELECT coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, '')), coalesce(InvoiceId, ''),
       coalesce(BillingAccountId, ''), BillingCurrency, coalesce(ChargeCategory, ''),
       coalesce(ServiceName, ''), x_BillingMonth, coalesce(CommitmentDiscountStatus, ''),
       coalesce(CommitmentDiscountId, ''), coalesce(x_Adjusts, ''),
       coalesce(x_CostCenter, ''), coalesce({ledger}, ''),
       coalesce(ChargeFrequency, '') = 'Recurring',
       coalesce(sum(BilledCost), 0), coalesce(sum(EffectiveCost), 0), sum(x_Charges)
FROM rollup WHERE x_BillingMonth = '{month}'
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
"""


def booked(dataset: Dataset, books: Books, report: Reconciliation) -> tuple[Booked, ...]:
    """Every invoice of a reconciled month with its charges, then what no invoice asks for by name.

    Charges that wait for their invoice are not among them: they are accrued.
    """
    month = str(report.period)
    known = invoices(dataset, books.headers, month)
    mine, adjusted = told_apart(_parts(dataset, month), known)
    found = joined(known, mine)
    exchange = Exchange(dataset, month, mine)
    rows = by_invoice(mine, found)
    told = []
    matches = {(one.issuer, one.invoice_id, one.currency): one for one in report.invoices}
    for invoice in found:
        key = (invoice.issuer, invoice.invoice_id, invoice.currency)
        parts = tuple(rows.pop(key, ()))
        case = Case(invoice=invoice, mine=parts, around=(), invoices=found, explained=())
        parts = exchange.seen(case, rows).mine
        told.append(Booked(invoice.invoice_id, *key[::2], _of(parts), invoice, matches.get(key)))
    left = {(one.issuer, one.currency) for one in unsettled(report.invoices) if not one.has_invoice}
    for key, waiting in rows.items():
        if key[::2] not in left:
            told.append(Booked("billed by another issuer", *key[::2], _of(waiting)))
    return (*told, *_restated(_of(adjusted)))


def _restated(parts: tuple[Part, ...]) -> Iterable[Booked]:
    for key in sorted({(one.issuer, one.currency, one.adjusts) for one in parts}):
        mine = tuple(one for one in parts if (one.issuer, one.currency, one.adjusts) == key)
        yield Booked(f"restatement of {key[2]}", key[0], key[1], mine)


def _of(parts: Iterable[Slice]) -> tuple[Part, ...]:
    return tuple(one for one in parts if isinstance(one, Part))


def _parts(dataset: Dataset, month: str) -> tuple[Part, ...]:
    names = dataset.own_dimensions
    question = _PARTS.format(month=month, ledger=LEDGER if LEDGER in names else "NULL")
    return tuple(
        Part(
            issuer=row[0],
            invoice_id=row[1],
            account=row[2],
            currency=row[3],
            category=row[4],
            correction=False,
            service=row[5],
            month=row[6],
            charged=row[6],
            status=row[7],
            commitment=row[8],
            adjusts=row[9],
            cost_center=row[10] or UNALLOCATED,
            ledger="" if row[11] == UNALLOCATED else row[11],
            recurring=row[12],
            billed=row[13],
            effective=row[14],
            charges=int(row[15]),
        )
        for row in dataset.select(parse(question)).rows
    )

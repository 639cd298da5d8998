"""Reconciliation: do the invoices equal the charges they bill, and do commitments tie?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from finops.allocation.splits import Split
from finops.allocation.splits import splits
from finops.core.amount import EXACT
from finops.core.amount import total
from finops.errors import UsageError
from finops.invoicing import charged
from finops.invoicing.accrual import Accrual
from finops.invoicing.accrual import accruals
from finops.invoicing.adjusted import asked
from finops.invoicing.adjusted import grouped
from finops.invoicing.adjusted import restatement
from finops.invoicing.adjusted import told_apart
from finops.invoicing.axes import Axes
from finops.invoicing.axes import axes
from finops.invoicing.bridge import bridge
from finops.invoicing.bridge import Step
from finops.invoicing.commitments import Ledger
from finops.invoicing.commitments import ledgers
from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.currencies import Exchange
from finops.invoicing.differences import Case
from finops.invoicing.differences import Difference
from finops.invoicing.differences import Reason
from finops.invoicing.exchange_gain import ExchangeGain
from finops.invoicing.exchange_gain import gains
from finops.invoicing.invoices import Invoice
from finops.invoicing.invoices import invoices
from finops.invoicing.invoices import memos
from finops.invoicing.joined import by_invoice
from finops.invoicing.joined import joined
from finops.invoicing.named import explain
from finops.invoicing.periods import state_of
from finops.invoicing.periods import unsettled
from finops.invoicing.prepaid import Prepaid
from finops.invoicing.prepaid import prepaid
from finops.invoicing.prices import prices
from finops.invoicing.restatements import Restatements
from finops.invoicing.restatements import restatements
from finops.records.closings import Closing
from finops.records.closings import closing_of

if TYPE_CHECKING:
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.books import Books
    from finops.invoicing.charged import Slice

Key = tuple[str, str, str]


class Status(StrEnum):
    """Whether an invoice ties with its charges (domain.md 2.1)."""

    MATCHED = "MATCHED"
    WITHIN_ROUNDING = "MATCHED_WITHIN_ROUNDING"
    EXPLAINED = "EXPLAINED"
    UNEXPLAINED = "UNEXPLAINED"
    NO_INVOICE = "NO_INVOICE"
    NO_USAGE = "NO_USAGE"
    PROVISIONAL = "PROVISIONAL"


@dataclass(frozen=True, kw_only=True)
class Match:
    """An invoice beside its charges, in the billing currency; difference = invoiced - billed.

    Where the charges are in another currency, `charged_in` says in which and `note` at which rate
    they are told in the invoice's, if at any; `restates` is the closed month that they adjust.
    """

    issuer: str
    invoice_id: str
    account: str
    currency: str
    invoiced: Decimal
    billed: Decimal
    difference: Decimal
    explained: tuple[Difference, ...]
    unexplained: Decimal
    status: Status
    charged_in: str = ""
    note: str = ""
    restates: str = ""

    @property
    def undelivered(self) -> tuple[Difference, ...]:
        """What it asks for an account whose charges were not delivered, and nobody vouches for."""
        gone = Reason.MISSING_ACCOUNT
        return tuple(one for one in self.explained if one.reason == gone and not one.said)

    @property
    def open(self) -> Decimal:
        """What a person may still name: unexplained, or asked for without charges."""
        return EXACT.add(self.unexplained, total(one.amount for one in self.undelivered))

    @property
    def tied(self) -> bool:
        """Whether invoice and charges are one, but for what has a name and its evidence.

        A missing delivery has a name, yet nobody has seen what it would hold.
        """
        named = self.status in {Status.MATCHED, Status.WITHIN_ROUNDING, Status.EXPLAINED}
        return named and not self.undelivered

    @property
    def has_invoice(self) -> bool:
        """Whether there is an invoice at all, and not charges alone."""
        return self.status is not Status.NO_INVOICE and not self.restates


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """A month: each invoice with its status, the bridge to what was consumed, the ledgers.

    `prices` leads from list to effective cost, `prepaid` rolls the ledgers' balances forward, `fx`
    is what rates of exchange did to foreign invoices, `splits` what came both whole and in parts,
    `restatements` what was said of closed months, `axes` all months as invoiced and as incurred.
    """

    period: BillingPeriod
    state: str
    snapshot: str
    invoices: tuple[Match, ...]
    bridge: tuple[Step, ...]
    commitments: tuple[Ledger, ...]
    prices: tuple[Step, ...] = ()
    prepaid: tuple[Prepaid, ...] = ()
    fx: tuple[ExchangeGain, ...] = ()
    closing: Closing | None = None
    accrual: tuple[Accrual, ...] = ()
    splits: tuple[Split, ...] = ()
    restatements: Restatements | None = None
    axes: tuple[Axes, ...] = ()

    @property
    def unsettled(self) -> tuple[Match, ...]:
        """The invoices, and charges without one, that keep the month from being reconciled."""
        return unsettled(self.invoices)

    @property
    def unexplained(self) -> tuple[Match, ...]:
        """The invoices that have an amount nobody can name."""
        return tuple(one for one in self.invoices if one.unexplained)

    @property
    def undelivered(self) -> tuple[Match, ...]:
        """The invoices that ask for an account whose charges were not delivered."""
        return tuple(one for one in self.invoices if one.undelivered)

    @property
    def ties(self) -> bool:
        """Whether nothing is unexplained, in invoices and in commitments.

        What is not there yet, a delivery or an invoice, is no false figure: it keeps the month from
        being reconciled (`state`), and is said first, but is nothing that somebody must explain.
        """
        wrong = any(one.status is LedgerStatus.UNEXPLAINED for one in self.commitments)
        return not (self.unexplained or wrong)


def reconcile(dataset: Dataset, books: Books, period: BillingPeriod) -> Reconciliation:
    """Set every invoice of a month against the charges that name it, and name what differs.

    Raises:
        UsageError: there is nothing of that month.
    """
    month = str(period)
    slices = charged.billed_in(dataset, month)
    known = invoices(dataset, books.headers, month)
    slices, adjusted = told_apart(slices, known)
    found = joined(known, slices)
    if not (slices or found or adjusted):
        message = f"There are neither charges nor invoices of {month}."
        raise UsageError(message, remedy=_delivered(dataset))
    elsewhere = (one for one in memos(dataset, books.headers) if one.month != month)
    exchange = Exchange(dataset, month, slices)
    matches = _matches(exchange, found, (*found, *elsewhere), books, adjusted)
    days = (str(period.start), str(period.end))
    incurred = charged.incurred_in(dataset, *days)
    told = ledgers(dataset, books.openings, month)
    closing = closing_of(books.closings, month)
    return Reconciliation(
        period=period,
        state=state_of(matches, closing),
        snapshot=dataset.snapshot.id,
        invoices=matches,
        bridge=bridge((*slices, *adjusted), incurred),
        commitments=told,
        prices=prices(dataset, *days),
        prepaid=prepaid(told, (*slices, *adjusted), incurred),
        splits=splits(dataset, month),
        fx=gains(dataset, found),
        closing=closing,
        accrual=accruals(dataset, matches, period),
        restatements=restatements(dataset, month),
        axes=axes(dataset),
    )


def _delivered(dataset: Dataset) -> str:
    months = sorted({part.month for part in dataset.snapshot.charges})
    return f"Months that are in: {months[0]} to {months[-1]}." if months else "Nothing is in yet."


def _matches(
    exchange: Exchange,
    found: tuple[Invoice, ...],
    known: tuple[Invoice, ...],
    books: Books,
    adjusted: tuple[Slice, ...],
) -> tuple[Match, ...]:
    slices = exchange.slices
    rows = by_invoice(slices, found)
    matches = []
    for invoice in found:
        mine = rows.pop((invoice.issuer, invoice.invoice_id, invoice.currency), ())
        said = tuple(
            one
            for one in books.explained
            if (one.issuer, one.month, one.currency)
            == (invoice.issuer, invoice.month, invoice.currency)
            and one.invoice_id in invoice.numbers
        )
        around = tuple(one for one in slices if one.currency == invoice.currency)
        case = Case(
            invoice=invoice,
            mine=tuple(mine),
            around=around,
            invoices=known,
            explained=said,
            adjusted=asked(invoice, adjusted),
        )
        matches.append(matched(exchange.seen(case, rows)))
    matches += [_unbilled(key, tuple(mine)) for key, mine in rows.items()]
    matches += [_unbilled(key, mine, month) for key, month, mine in grouped(adjusted)]
    return tuple(sorted(matches, key=lambda one: (one.issuer, one.invoice_id, one.currency)))


def matched(case: Case) -> Match:
    """Set one invoice against its charges."""
    found = explain(case)
    invoice = case.invoice
    return Match(
        issuer=invoice.issuer,
        invoice_id=invoice.invoice_id,
        account=invoice.account,
        currency=invoice.currency,
        invoiced=invoice.payable,
        billed=charged.billed(case.mine),
        difference=case.difference,
        explained=found.named,
        unexplained=found.unexplained,
        status=_status(case, found.named, found.unexplained),
        charged_in=case.charged_in,
        note=case.note,
    )


def _status(case: Case, named: tuple[Difference, ...], unexplained: Decimal) -> Status:
    reasons = {one.reason for one in named}
    if not (case.mine or case.untold) and (unexplained or Reason.MISSING_ACCOUNT in reasons):
        return Status.NO_USAGE
    if unexplained:
        return Status.UNEXPLAINED
    if Reason.ROUNDING in reasons and reasons <= {Reason.ROUNDING, Reason.TAX}:
        return Status.WITHIN_ROUNDING
    return Status.EXPLAINED if reasons else Status.MATCHED


def _unbilled(key: Key, mine: tuple[Slice, ...], restates: str = "") -> Match:
    """Charges of which no invoice is known, or adjustments of a closed month."""
    issuer, name, currency = key
    amount = charged.billed(mine)
    evidence = (("InvoiceIssuerName", issuer), ("InvoiceId", name))
    named = Difference(reason=Reason.NO_INVOICE, amount=-amount, evidence=evidence)
    if restates:
        named = restatement(issuer, restates, EXACT.minus(amount))
    accounts = {one.account for one in mine}
    return Match(
        issuer=issuer,
        invoice_id=name,
        account=accounts.pop() if len(accounts) == 1 else "",
        currency=currency,
        invoiced=Decimal(0),
        billed=amount,
        difference=EXACT.minus(amount),
        explained=(named,) if amount else (),
        unexplained=Decimal(0),
        status=Status.EXPLAINED if restates else Status.NO_INVOICE,
        restates=restates,
    )

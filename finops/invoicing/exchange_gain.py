"""FX gain and loss: what the rates did to a foreign invoice, from expense to payable to payment.

The cost is an expense at its month's average rate, what is owed stands at the rate of the invoice's
day, and it is paid at the rate of the due day; each difference is a gain or a loss (domain.md 2.4;
IAS 21.22 and ASC 830 permit the average).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.exchange.conversion import at_rate
from finops.exchange.conversion import between
from finops.exchange.conversion import of_day
from finops.exchange.conversion import of_month
from finops.exchange.conversion import told
from finops.exchange.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.core.exchange_rate import ExchangeRate
    from finops.dataset import Dataset
    from finops.invoicing.invoices import Invoice


@dataclass(frozen=True, kw_only=True)
class ExchangeGain:
    """A foreign invoice in the reporting currency, posted to its minor unit; a loss is negative.

    `settled` is what it costs if it is settled on its due date. What is None is not known:
    `missing` says what to bring. `rates` are those that were used.
    """

    issuer: str
    invoice_id: str
    currency: str
    invoiced: Decimal
    reporting: str
    issued: str
    due: str
    expense: Decimal | None
    payable: Decimal | None
    settled: Decimal | None
    gain_at_invoice: Decimal | None
    gain_at_settlement: Decimal | None
    net: Decimal | None
    rates: tuple[str, ...]
    missing: tuple[str, ...]


class Posting(NamedTuple):
    """An amount in the reporting currency with the rate it was told at, or what is missing."""

    amount: Decimal | None
    rate: str = ""
    missing: str = ""


def gains(dataset: Dataset, invoices: Iterable[Invoice]) -> tuple[ExchangeGain, ...]:
    """What the rates did to each invoice in another currency than is reported."""
    reporting = _reported(dataset)
    foreign = [one for one in invoices if reporting and one.currency != reporting]
    return tuple(gain(one, reporting, dataset.rates) for one in foreign)


def gain(invoice: Invoice, reporting: str, rates: tuple[ExchangeRate, ...]) -> ExchangeGain:
    """What the rates did to one invoice (FX-1)."""
    pair = between(rates, invoice.currency, reporting)
    average = of_month(pair, invoice.currency, month=invoice.month, kind=Kind.AVERAGE)
    expense = _posted(invoice, reporting, average, f"the average rate of {invoice.month}")
    payable = _on(invoice, reporting, pair, invoice.issued, "InvoiceIssueDate")
    settled = _on(invoice, reporting, pair, invoice.due, "PaymentDueDate")
    postings = (expense, payable, settled)
    return ExchangeGain(
        issuer=invoice.issuer,
        invoice_id=invoice.invoice_id,
        currency=invoice.currency,
        invoiced=invoice.payable,
        reporting=reporting,
        issued=invoice.issued,
        due=invoice.due,
        expense=expense.amount,
        payable=payable.amount,
        settled=settled.amount,
        gain_at_invoice=_less(expense.amount, payable.amount),
        gain_at_settlement=_less(payable.amount, settled.amount),
        net=_less(expense.amount, settled.amount),
        rates=tuple(dict.fromkeys(one.rate for one in postings if one.rate)),
        missing=tuple(dict.fromkeys(one.missing for one in postings if one.missing)),
    )


def _reported(dataset: Dataset) -> str:
    """The reporting currency; none where nobody has said one and all is billed in one currency."""
    billed = {sums.currency for part in dataset.snapshot.charges for sums in part.sums}
    if not dataset.organization.name and len(billed) <= 1:
        return ""
    return dataset.organization.reporting_currency


def _on(
    invoice: Invoice, reporting: str, pair: tuple[ExchangeRate, ...], day: str, column: str
) -> Posting:
    """The invoice at the rate of a day; else at the month-end rate of the day's month."""
    if not day:
        return Posting(None, missing=f"{column} of the invoice")
    rate = of_day(pair, invoice.currency, day)
    return _posted(invoice, reporting, rate, f"the daily rate of {day}, or the month-end rate")


def _posted(invoice: Invoice, reporting: str, rate: ExchangeRate | None, what: str) -> Posting:
    if rate is None:
        return Posting(None, missing=f"{what} from {invoice.currency} to {reporting}")
    amount = at_rate(invoice.payable, rate, currency=invoice.currency)
    return Posting(amount.quantize(minor_unit(reporting), context=EXACT), told(rate))


def _less(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """What is gained when an amount that is owed falls; not known if one of the two is not."""
    return None if before is None or after is None else EXACT.subtract(before, after)

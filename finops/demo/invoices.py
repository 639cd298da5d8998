"""The demo company's invoices, and what should be found when they are set against its charges.

Most ask for what was charged, rounded to whole cents. Some differ by design, each in its own way
(data/demo/adjustments.yaml): the truth says by which amount and under which name.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.demo.money import digits
from finops.demo.money import ONE
from finops.demo.money import part
from finops.demo.money import SCALE
from finops.demo.money import whole
from finops.demo.rates import RATE_SCALE
from finops.demo.write import invoice_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from finops.demo.book import Book
    from finops.demo.company import Company
    from finops.demo.company import Provider
    from finops.demo.rates import Rates
    from finops.demo.seasons import Month

COLUMNS = (
    *("InvoiceIssuerName", "InvoiceId", "BillingPeriodStart", "Currency", "NetAmount"),
    *("TaxAmount", "PayableAmount", "BillingAccountId", "InvoiceIssueDate", "PaymentDueDate"),
    *("ReferenceInvoiceId", "Lines"),
)
TAX, ROUNDING, UNEXPLAINED = "tax outside the data", "rounding", "unexplained"
MEMO, SELLER, NO_INVOICE = "credit memo", "marketplace or other issuer", "charge without invoice"
CORRECTION, LATE, MISSING = "correction", "late usage", "missing account"
FX = "FX"
_CENT = ONE // 100
_RATE = 10**4
_ISSUED, _DUE = timedelta(days=3), timedelta(days=33)


class Bill(NamedTuple):
    """What the charges of a month ask for under one issuer, in 1e-12; some of it again by kind."""

    issuer: str
    provider: Provider
    month: Month
    number: str
    services: int
    billed: int
    tax: int
    corrected: int
    late: int


@dataclass(frozen=True, kw_only=True)
class Issued:
    """An invoice as it is issued, and how it differs from the charges, in 10^-scale.

    `header` is False for charges that have no invoice of their own.
    """

    issuer: str
    number: str
    account: str
    month: Month
    currency: str
    lines: int
    payable: int
    tax: int
    billed: int
    buckets: dict[str, int] = field(default_factory=dict)
    reference: str = ""
    header: bool = True
    scale: int = SCALE

    @property
    def unexplained(self) -> int:
        """What has no name."""
        return self.payable - self.billed - sum(self.buckets.values())

    @property
    def status(self) -> str:
        """What a reconciliation should say of it."""
        if not self.header:
            return "NO_INVOICE"
        if MISSING in self.buckets:
            return "NO_USAGE"
        if self.unexplained:
            return "UNEXPLAINED"
        if ROUNDING in self.buckets and self.buckets.keys() <= {ROUNDING, TAX}:
            return "MATCHED_WITHIN_ROUNDING"
        return "EXPLAINED" if self.buckets else "MATCHED"


def bills(rows: NDArray[np.void], book: Book, provider: Provider, month: Month) -> tuple[Bill, ...]:
    """What one file asks for, by issuer."""
    issuers = book.column("InvoiceIssuerName")[rows["template"]]
    tax = (book.column("ChargeCategory") == "Tax")[rows["template"]].astype(bool)
    corrects = (book.column("ChargeClass") == "Correction")[rows["template"]].astype(bool)
    late = (rows["start"] < month.start) & ~corrects
    services = book.column("ServiceName")[rows["template"]]
    found = []
    for issuer in sorted(set(issuers.tolist())):
        mine = issuers == issuer
        sums = (sum(rows["billed"][mine & one].tolist()) for one in (mine, tax, corrects, late))
        number = invoice_id(issuer, provider, month)
        count = len(set(services[mine].tolist()))
        found.append(Bill(issuer, provider, month, number, count, *sums))
    return tuple(found)


def invoices(company: Company, billed: Iterable[Bill], exchange: Rates) -> tuple[Issued, ...]:
    """The invoices for these bills, and credit memos and invoices that no charges belong to."""
    asked = {(bill.issuer, bill.month.index): bill for bill in billed}
    plans = company.adjustments["invoices"]
    plants = {(one["issuer"], one["month"]): one for one in plans["differences"]}
    sold = {(one["seller"], one["month"]) for one in plans["differences"] if "seller" in one}
    found = []
    for place, bill in asked.items():
        plant = plants.get(place, {})
        if place in sold:
            found.append(_unsent(bill))
        elif plant.get("bucket") == FX:
            found.append(_converted(bill, plant, exchange, plans["tax"]))
        else:
            found.append(_issue(bill, asked, plant, plans["tax"]))
    for bill in asked.values():
        found += _memo(bill, plants.get((bill.issuer, bill.month.index - 1), {}))
        found += [_undelivered(bill, one) for one in plans["undelivered"] if _is_for(bill, one)]
    return tuple(sorted(found, key=lambda one: (one.month.index, one.issuer, one.number)))


def _issue(
    bill: Bill, asked: dict[tuple[str, int], Bill], plant: dict[str, Any], tax: dict[str, Any]
) -> Issued:
    """An invoice in whole cents: what is charged, what was planted, and tax outside the data."""
    bucket, shift = plant.get("bucket", ""), 0
    if bucket:
        shift = _shift(bill, asked, plant)
    cents = part(bill.billed + shift, 1, _CENT) * _CENT
    outside = 0
    if tax["provider"] == bill.provider.key:
        outside = part(part(cents, tax["rate"], _RATE), 1, _CENT) * _CENT
    buckets = {TAX: outside}
    if bucket != UNEXPLAINED:
        buckets |= {bucket: shift, ROUNDING: cents - bill.billed - shift}
    return replace(
        _plain(bill),
        payable=cents + outside,
        tax=outside or part(bill.tax, 1, _CENT) * _CENT,
        buckets={name: amount for name, amount in buckets.items() if amount},
    )


def _converted(bill: Bill, plant: dict[str, Any], exchange: Rates, tax: dict[str, Any]) -> Issued:
    """An invoice in another currency than the charges, at another rate than their month's average.

    Its amounts are in 1e-16, so that no digit of amount times rate is lost.
    """
    pair = (bill.provider.currency, plant["currency"])
    billed = bill.billed * exchange.average(*pair, bill.month.period)
    asked = bill.billed * exchange.of(*pair, plant["rate"], bill.month.period)
    cent = _CENT * 10**RATE_SCALE
    cents = part(asked, 1, cent) * cent
    outside = 0
    if tax["provider"] == bill.provider.key:
        outside = part(part(cents, tax["rate"], _RATE), 1, cent) * cent
    buckets = {TAX: outside, FX: asked - billed, ROUNDING: cents - asked}
    return replace(
        _plain(bill),
        currency=plant["currency"],
        payable=cents + outside,
        tax=outside,
        billed=billed,
        buckets={name: amount for name, amount in buckets.items() if amount},
        scale=SCALE + RATE_SCALE,
    )


def _shift(bill: Bill, asked: dict[tuple[str, int], Bill], plant: dict[str, Any]) -> int:
    if plant["bucket"] == CORRECTION:
        return -bill.corrected
    if plant["bucket"] == LATE:
        return -bill.late
    if plant["bucket"] == SELLER:
        return asked[plant["seller"], bill.month.index].billed
    return whole(plant["amount"])


def _plain(bill: Bill) -> Issued:
    return Issued(
        issuer=bill.issuer,
        number=bill.number,
        account=bill.provider.billing_account["id"],
        month=bill.month,
        currency=bill.provider.currency,
        lines=bill.services,
        payable=0,
        tax=0,
        billed=bill.billed,
    )


def _unsent(bill: Bill) -> Issued:
    """Charges of a seller that the provider invoices."""
    return replace(_plain(bill), header=False, buckets={NO_INVOICE: -bill.billed})


def _memo(bill: Bill, plant: dict[str, Any]) -> list[Issued]:
    """The credit for what the invoice of the month before asked too much."""
    if plant.get("bucket") != MEMO:
        return []
    before = replace(bill.month, index=bill.month.index - 1, period=bill.month.period.plus(-1))
    amount = -whole(plant["amount"])
    memo = replace(
        _plain(bill),
        number=f"CM{bill.number}",
        lines=1,
        payable=amount,
        billed=0,
        buckets={MEMO: amount},
        reference=invoice_id(bill.issuer, bill.provider, before),
    )
    return [memo]


def _is_for(bill: Bill, one: dict[str, Any]) -> bool:
    place = (bill.provider.key, bill.provider.issuer, bill.month.index)
    return place == (one["provider"], bill.issuer, one["month"])


def _undelivered(bill: Bill, one: dict[str, Any]) -> Issued:
    amount = whole(one["amount"])
    words = hashlib.sha256(f"{one['account']}|{bill.month.period}".encode()).hexdigest()
    return replace(
        _plain(bill),
        number=str(int(words[:12], 16) % (9 * 10**9) + 10**9),
        account=one["account"],
        lines=1,
        payable=amount,
        billed=0,
        buckets={MISSING: amount},
    )


def headers_csv(issued: tuple[Issued, ...]) -> str:
    """As `finops invoices add` reads them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in issued:
        if one.header:
            period = one.month.period
            net, issue, due = one.payable - one.tax, period.end + _ISSUED, period.end + _DUE
            amounts = (digits(number, one.scale) for number in (net, one.tax, one.payable))
            start = (one.issuer, one.number, period.start, one.currency, *amounts)
            writer.writerow((*start, one.account, issue, due, one.reference, one.lines))
    return text.getvalue()


def expected(issued: tuple[Issued, ...]) -> list[dict[str, Any]]:
    """What a reconciliation should find: of each invoice the status and every named amount."""
    return [
        {
            "question": {
                "period": str(one.month.period),
                "axis": "billing",
                "InvoiceIssuerName": one.issuer,
                "InvoiceId": one.number,
            },
            "answer": {
                "BillingCurrency": one.currency,
                "status": one.status,
                "invoiced": digits(one.payable, one.scale),
                "billed": digits(one.billed, one.scale),
                "buckets": {name: digits(n, one.scale) for name, n in one.buckets.items()},
                "unexplained": digits(one.unexplained, one.scale),
            },
        }
        for one in issued
    ]

"""Checklist: what must be so before a month is closed, what is missing, and where to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import shortest
from finops.core.amount import total
from finops.core.measure import Axis
from finops.dataset.sql import parse
from finops.errors import RateMissing
from finops.exchange.conversion import Converter
from finops.focus.columns import UNALLOCATED
from finops.invoicing.commitments import LedgerStatus
from finops.measures import ask
from finops.measures import Query

if TYPE_CHECKING:
    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.dataset import Part
    from finops.invoicing.reconciliation import Match
    from finops.invoicing.reconciliation import Reconciliation

TEAM = "x_Team"
SLACK = timedelta(hours=14)
"""A provider's month may end that much earlier than midnight UTC."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that must be so; `missing` says what is not, and is empty when it is.

    `page` is where it is mended in the portal, `command` on the command line.
    """

    name: str
    says: str
    missing: tuple[str, ...]
    page: str
    command: str

    @property
    def done(self) -> bool:
        """Whether it is so."""
        return not self.missing


def checklist(
    dataset: Dataset, report: Reconciliation, *, provider: str = "", coverage: Decimal
) -> tuple[Item, ...]:
    """Go through everything a month needs to be closed, for one issuer or for all.

    `coverage` is the share of effective cost, from 0 to 1, that must have a team.
    """
    return (
        _invoices(report, provider),
        _deliveries(dataset, report.period, provider),
        _rates(dataset, report.period, provider),
        _covered(dataset, report.period, provider, coverage),
        _commitments(report, provider),
    )


def _invoices(report: Reconciliation, provider: str) -> Item:
    left = [one for one in report.unsettled if provider in {"", one.issuer}]
    known = [one for one in report.invoices if provider in {"", one.issuer} and one.has_invoice]
    missing = [_says(one) for one in left]
    if not (known or left):
        missing = ["There is no invoice of this month."]
    return Item(
        name="Invoices",
        says=f"{len(known)} invoices, each matched or explained",
        missing=tuple(missing),
        page="inform/reconciliation.py",
        command="finops invoices add FILE, or finops invoices explain INVOICE",
    )


def _says(one: Match) -> str:
    name = one.invoice_id or "charges without a number"
    if not one.has_invoice:
        return f"{one.issuer} {name}: {_amount(one.billed, one.currency)} has no invoice."
    if one.unexplained:
        return f"{one.issuer} {name}: {_amount(one.unexplained, one.currency)} is unexplained."
    return f"{one.issuer} {name}: {_amount(one.invoiced, one.currency)} has no charges."


def _amount(number: Decimal, currency: str) -> str:
    """An amount as it is posted; one that is too small to be posted with all its digits."""
    posted = Amount(number, currency).rounded().number
    return f"{posted or shortest(number):,f} {currency}"


def _deliveries(dataset: Dataset, period: BillingPeriod, provider: str) -> Item:
    parts = [one for one in dataset.snapshot.charges if provider in {"", one.issuer}]
    here = {_of(one) for one in parts if one.month == str(period)}
    before = {_of(one) for one in parts if one.month == str(period.plus(-1))}
    absent = [f"{name} had charges the month before and has none." for name in before - here]
    short = _short(dataset, period, [one for one in parts if one.month == str(period)])
    return Item(
        name="Deliveries",
        says=f"{len(here)} billing accounts, each to the last day",
        missing=(*sorted(absent), *short),
        page="operate/data.py",
        command="finops import FILE",
    )


def _of(part: Part) -> str:
    return f"{part.issuer} {part.account}".strip()


_ENDS = """
SELECT coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, '')),
       coalesce(BillingAccountId, ''), max(ChargePeriodEnd)
FROM lines
WHERE x_BillingMonth = '{month}' AND coalesce(ChargeFrequency, '') <> 'One-Time'
GROUP BY 1, 2
"""


def _short(dataset: Dataset, period: BillingPeriod, parts: list[Part]) -> tuple[str, ...]:
    """Accounts whose charges, but for one-time ones, stop before the month ends.

    An account with little in it is delivered as far as the file is that it came in.
    """
    rows = dataset.select(parse(_ENDS.format(month=period))).rows
    ends = {f"{row[0]} {row[1]}".strip(): row[2] for row in rows if row[2] is not None}
    told = []
    for name in sorted({_of(part) for part in parts} & ends.keys()):
        files = {part.import_id for part in parts if _of(part) == name}
        beside = {_of(part) for part in parts if part.import_id in files} & ends.keys()
        last = max(ends[one] for one in beside)
        if (last + SLACK).date() < period.end:
            told.append(f"{name} ends with {last - timedelta(microseconds=1):%Y-%m-%d}.")
    return tuple(told)


def _rates(dataset: Dataset, period: BillingPeriod, provider: str) -> Item:
    home = dataset.organization.reporting_currency
    parts = [one for one in dataset.snapshot.charges if one.month == str(period)]
    codes = {
        sums.currency for one in parts if provider in {"", one.issuer} for sums in one.sums
    } - {home}
    missing = []
    converter = Converter(home, dataset.rates)
    for code in sorted(codes) if dataset.organization.name else ():
        try:
            converter.convert(Decimal(1), currency=code, month=str(period))
        except RateMissing as error:
            missing.append(str(error))
    return Item(
        name="Rates",
        says=f"{len(codes)} {'currency' if len(codes) == 1 else 'currencies'} besides {home}, "
        "each with a rate",
        missing=tuple(missing),
        page="operate/data.py",
        command="finops rates add FILE",
    )


def _covered(dataset: Dataset, period: BillingPeriod, provider: str, threshold: Decimal) -> Item:
    query = Query(
        measures=("EffectiveCost",),
        by=(TEAM,),
        where=(("InvoiceIssuerName", provider),) if provider else (),
        period=period,
        axis=Axis.BILLING,
    )
    missing: tuple[str, ...] = ()
    says = "nothing was consumed"
    try:
        rows = ask(dataset, query).rows
    except RateMissing as error:
        missing, says = (str(error),), "rates are missing"
        rows = ()
    whole = total(abs(amount) for _, amount in rows if isinstance(amount, Decimal))
    if whole:
        owned = total(
            abs(amount)
            for team, amount in rows
            if team not in {None, UNALLOCATED} and isinstance(amount, Decimal)
        )
        share = EXACT.divide(owned, whole).quantize(Decimal("0.0001"))
        says = f"{share:.2%} of the effective cost has a team; {threshold:.2%} is asked for"
        missing = (f"{says}.",) if share < threshold else ()
    return Item(
        name="Coverage",
        says=says,
        missing=missing,
        page="together/overview.py",
        command="finops organization publish FILE",
    )


def _commitments(report: Reconciliation, provider: str) -> Item:
    mine = [one for one in report.commitments if one.of(provider)]
    wrong = [one for one in mine if one.status is LedgerStatus.UNEXPLAINED]
    unknown = sum(one.status is LedgerStatus.PROVISIONAL for one in mine)
    told = f"; of {unknown} the opening balance is not known" if unknown else ""
    return Item(
        name="Commitments",
        says=f"{len(mine)} ledgers, each ties{told}",
        missing=tuple(
            f"{one.id}: its ledger closes at {_amount(one.closing or Decimal(0), one.currency)}."
            for one in wrong
        ),
        page="inform/reconciliation.py",
        command="finops commitments opening FILE",
    )

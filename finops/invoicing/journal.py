"""Journal: what finance posts for a month, in debits and credits that equal its invoices.

An invoice debits what was consumed and prepaid, and credits what is payable (domain.md 2.7). What
is not invoiced yet is accrued and reversed on day 1. Then IT recharges the cost centers that have
agreed to it (`finops.invoicing.recharge`).
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.errors import RateMissing
from finops.exchange.conversion import Converter
from finops.invoicing.adjusted import RESTATEMENT
from finops.invoicing.booked import booked
from finops.invoicing.differences import Reason
from finops.invoicing.marks import mark
from finops.invoicing.marks import PROVISIONAL
from finops.invoicing.posting import Accounts
from finops.invoicing.posting import Entry
from finops.invoicing.posting import entry
from finops.invoicing.posting import Move
from finops.invoicing.posting import reversed_of
from finops.invoicing.posting import Terms
from finops.invoicing.recharge import expense
from finops.invoicing.recharge import recharge
from finops.records.canonical import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.booked import Booked
    from finops.invoicing.booked import Part
    from finops.invoicing.books import Books
    from finops.invoicing.differences import Difference
    from finops.invoicing.recharge import Gate
    from finops.invoicing.recharge import Recharged
    from finops.invoicing.reconciliation import Reconciliation

INVOICE, ADJUSTMENT, ACCRUAL = "invoice", "adjustment", "accrual"
REVERSAL = "reversal"


@dataclass(frozen=True, kw_only=True)
class Journal:
    """The entries of a month; `source` is the hash of all that they say, `mark` how final it is."""

    period: BillingPeriod
    state: str
    snapshot: str
    entries: tuple[Entry, ...]
    recharged: tuple[Recharged, ...]
    version: int = 1
    posted: bool = False
    mark: str = PROVISIONAL

    @property
    def source(self) -> str:
        """The same for the same entries, whichever snapshot they come from."""
        return digest_of([replace(one, id="") for one in self.entries if one.kind != REVERSED])

    @property
    def balances(self) -> bool:
        """Whether debits equal credits in every entry."""
        return all(one.balances for one in self.entries)


REVERSED = "reversed version"
"""The kind of an entry that takes back what an earlier version of the journal had posted."""


def journal(
    dataset: Dataset, books: Books, report: Reconciliation, *, accounts: Accounts, gate: Gate
) -> Journal:
    """The entries of a reconciled month, not numbered yet (`finops.invoicing.posted`).

    Cost centers are recharged where the `gate` lets them.
    """
    found, terms = booked(dataset, books, report), _terms(dataset, report.period, accounts)
    last = report.period.end - timedelta(days=1)
    entries = [_billed(one, last, terms) for one in found]
    entries += _accrued(report, last, terms)
    charges, recharged = recharge(found, gate, month=str(report.period), day=last, terms=terms)
    return Journal(
        period=report.period,
        state=report.state,
        snapshot=report.snapshot,
        entries=tuple(one for one in (*entries, *charges) if one.lines),
        recharged=recharged,
        mark=mark((report.closing,) if report.closing else (), str(report.period)).text,
    )


def _terms(dataset: Dataset, period: BillingPeriod, accounts: Accounts) -> Terms:
    home = dataset.organization.reporting_currency
    converter = Converter(home, dataset.rates)

    def tell(amount: Decimal, currency: str) -> Decimal | None:
        try:
            return converter.convert(amount, currency=currency, month=str(period))
        except RateMissing:
            return None

    return Terms(accounts=accounts, reporting=home, tell=tell)


def _billed(one: Booked, last: date, terms: Terms) -> Entry:
    """What an invoice asks for, or is owed without one, against what it was for."""
    accounts = terms.accounts
    moves = list(consumed(one.parts, accounts))
    if one.invoice:
        differences = one.match.explained if one.match else ()
        moves += [_difference(each, accounts) for each in differences]
        rest = one.match.unexplained if one.match else Decimal(0)
        moves.append(Move(accounts.differences, rest, "unexplained"))
    owed = accounts.payable if one.invoice else accounts.accrued
    whole = one.invoice.payable if one.invoice else total(part.billed for part in one.parts)
    moves.append(Move(owed, EXACT.minus(whole), f"{one.issuer} {one.subject}", credit=True))
    issued = one.invoice.issued if one.invoice else ""
    return entry(
        INVOICE if one.invoice else ADJUSTMENT,
        moves,
        subject=f"{one.issuer} {one.subject}".strip(),
        day=date.fromisoformat(issued) if issued else last,
        currency=one.currency,
        terms=terms,
    )


def consumed(parts: Iterable[Part], accounts: Accounts) -> Iterator[Move]:
    """What charges debit, to the last digit: expense, prepaid and tax; their sum is billed."""
    for part in parts:
        over = EXACT.subtract(part.billed, part.effective)
        if part.category == "Tax":
            yield Move(accounts.tax, part.billed, "tax")
        elif part.covering:
            # A recurring fee is amortised in the month that bills it, so it is never prepaid.
            memo = "amortisation" if part.recurring else "purchases of commitments"
            yield Move(accounts.prepaid, part.billed, memo, credit=part.recurring)
        elif part.status in {"Used", "Unused"}:
            role = accounts.committed if part.status == "Used" else accounts.unused
            yield Move(role, part.effective, f"commitments, {part.status.lower()}")
            yield Move(accounts.prepaid, over, "amortisation", credit=True)
        else:
            yield Move(expense(part, accounts), part.effective, _plain(part))
            yield Move(accounts.timing, over, "billed and incurred otherwise")


def _plain(part: Part) -> str:
    return "on demand" if part.category == "Usage" else part.category.lower() or "other"


def _difference(one: Difference, accounts: Accounts) -> Move:
    """What an invoice asks for besides its charges, on the account of its name."""
    named = {
        Reason.TAX: accounts.tax,
        Reason.ROUNDING: accounts.rounding,
        Reason.FX: accounts.exchange,
        Reason.OTHER_ISSUER: accounts.accrued,
    }
    usual = accounts.accrued if one.reason.startswith(RESTATEMENT) else accounts.differences
    account = {str(reason): account for reason, account in named.items()}.get(one.reason, usual)
    return Move(account, one.amount, str(one.reason))


def _accrued(report: Reconciliation, last: date, terms: Terms) -> Iterator[Entry]:
    """What waits for its invoice, on the last day; the same taken back on the next one's first."""
    accounts = terms.accounts
    for one in report.accrual:
        mine = [m for m in report.invoices if (m.issuer, m.currency) == (one.issuer, one.currency)]
        booked_already = total(m.billed for m in mine if m.has_invoice or m.restates)
        amount = EXACT.subtract(one.amount, booked_already)
        memo = f"{one.issuer} {report.period} accrual"
        first = entry(
            ACCRUAL,
            (
                Move(accounts.on_demand, amount, memo),
                Move(accounts.accrued, EXACT.minus(amount), memo, credit=True),
            ),
            subject=one.issuer,
            day=last,
            currency=one.currency,
            terms=terms,
        )
        yield first
        yield reversed_of(first, kind=REVERSAL, day=report.period.end)

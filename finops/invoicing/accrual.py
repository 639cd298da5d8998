"""Accrual: what a month that is not invoiced yet will cost, booked at its end and undone after.

Charges of days that are in are as delivered; each missing day is estimated by the mean of the days
that are in (run rate), with a range of one and a half standard deviations of a day for each. The
entry is reversed on the first of the next month, and the invoice's true-up is what it then differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.dataset.sql import parse
from finops.invoicing.periods import unsettled
from finops.invoicing.totals import ISSUER
from finops.invoicing.totals import of_month

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing.reconciliation import Match

EXPENSE, LIABILITY = "6100", "2100"
"""Cloud expense and accrued liabilities (domain.md 2.7)."""

WIDTH = Decimal("1.5")
"""How many standard deviations of a day the range is wide, each way, for each missing day."""

METHOD = "charges delivered, and the mean day for each missing one; ±1.5 standard deviations"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a journal: an account, what is debited or credited, and the day."""

    day: date
    account: str
    debit: Decimal
    credit: Decimal
    currency: str
    memo: str


@dataclass(frozen=True, kw_only=True)
class Accrual:
    """What one issuer's month will be invoiced at, in a currency, with a range from low to high."""

    issuer: str
    currency: str
    delivered: Decimal
    days: int
    missing: int
    amount: Decimal
    low: Decimal
    high: Decimal
    method: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class TrueUp:
    """What an invoice differs from its accrual: amount, and share of the actual one."""

    amount: Decimal
    share: Decimal | None


_DAYS = """
SELECT {issuer}, BillingCurrency, x_ChargeDay,
       coalesce(sum(CASE WHEN ChargeFrequency = 'Usage-Based' THEN BilledCost END), 0),
       coalesce(sum(BilledCost), 0)
FROM rollup WHERE {where} GROUP BY 1, 2, 3
"""


def accruals(
    dataset: Dataset, matches: Iterable[Match], period: BillingPeriod
) -> tuple[Accrual, ...]:
    """The accrual of every issuer and currency of a month whose charges have no invoice.

    Charges that another issuer's invoice asks for are not accrued a second time. Only usage is
    extrapolated: a fee that is charged once a month is in, or is not.
    """
    left = unsettled(matches)
    waiting = {(one.issuer, one.currency) for one in left if not one.has_invoice and one.billed}
    if not waiting:
        return ()
    question = _DAYS.format(issuer=ISSUER, where=of_month(str(period), ""))
    rows = dataset.select(parse(question)).rows
    found = []
    for issuer, currency in sorted(waiting):
        mine = [row for row in rows if (row[0], row[1]) == (issuer, currency)]
        last = max((row[2] for row in mine), default=period.start)
        usage = {row[2]: row[3] for row in mine if period.start <= row[2] < period.end}
        days = _days(period, min(last, period.end - timedelta(days=1)))
        found.append(
            accrue(
                [usage.get(day, Decimal(0)) for day in days],
                total(row[4] for row in mine),
                period=period,
                issuer=issuer,
                currency=currency,
            )
        )
    return tuple(found)


def accrue(
    usage: list[Decimal], delivered: Decimal, *, period: BillingPeriod, issuer: str, currency: str
) -> Accrual:
    """The accrual of a month of which `usage` is the cost of each day that is in."""
    missing = period.days - len(usage)
    mean, deviation = _spread(usage)
    amount = EXACT.add(delivered, EXACT.multiply(mean, Decimal(missing)))
    width = EXACT.multiply(EXACT.multiply(deviation, WIDTH), Decimal(missing))
    unit = minor_unit(currency)
    posted = amount.quantize(unit, context=EXACT)
    return Accrual(
        issuer=issuer,
        currency=currency,
        delivered=delivered,
        days=len(usage),
        missing=missing,
        amount=posted,
        low=EXACT.subtract(amount, width).quantize(unit, context=EXACT),
        high=EXACT.add(amount, width).quantize(unit, context=EXACT),
        method=METHOD,
        entries=_entries(posted, period=period, issuer=issuer, currency=currency),
    )


def true_up(accrued: Decimal, actual: Decimal) -> TrueUp:
    """What remains to be booked when the invoice comes (REC-3): actual less accrued.

    `share` is of the actual amount, to six digits; none where that is 0.
    """
    amount = EXACT.subtract(actual, accrued)
    share = EXACT.divide(amount, actual).quantize(Decimal("0.000001")) if actual else None
    return TrueUp(amount=amount, share=share)


def _entries(
    amount: Decimal, *, period: BillingPeriod, issuer: str, currency: str
) -> tuple[Entry, ...]:
    """Debit the expense and credit the liability on the last day, the reverse on the next."""
    last, nothing = period.end - timedelta(days=1), Decimal(0)
    lines = []
    for day, first, memo in ((last, EXPENSE, "accrual"), (period.end, LIABILITY, "reversal")):
        second = LIABILITY if first == EXPENSE else EXPENSE
        told = f"{issuer} {period} {memo}"
        for account, debit, credit in ((first, amount, nothing), (second, nothing, amount)):
            lines.append(
                Entry(
                    day=day,
                    account=account,
                    debit=debit,
                    credit=credit,
                    currency=currency,
                    memo=told,
                )
            )
    return tuple(lines)


def _spread(usage: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Mean and sample standard deviation of a day."""
    count = len(usage)
    if not count:
        return Decimal(0), Decimal(0)
    mean = EXACT.divide(total(usage), Decimal(count))
    if count == 1:
        return mean, abs(mean)
    squares = total(EXACT.power(EXACT.subtract(day, mean), 2) for day in usage)
    return mean, EXACT.sqrt(EXACT.divide(squares, Decimal(count - 1)))


def _days(period: BillingPeriod, last: date) -> list[date]:
    return [period.start + timedelta(days=step) for step in range((last - period.start).days + 1)]

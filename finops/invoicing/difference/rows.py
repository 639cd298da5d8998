"""Rows: a month's charges, added up as far as no standard difference tells them apart."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.dataset.sql import parse
from finops.focus.columns import UNALLOCATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset

COSTS = ("EffectiveCost", "BilledCost", "ListCost", "ContractedCost")
PLACES = ("x_Team", "SubAccountName", "x_CostCenter", "ServiceProviderName")
"""What scopes are told by; the first says whether a charge is owned."""

TAX, CREDITS, CORRECTIONS, REFUNDS = "tax", "credits", "corrections", "refunds"
SUPPORT, MARKETPLACE, PURCHASES = "support", "marketplace", "purchases"
UNUSED, UNOWNED, INVOICE_TAX = "unused", "unowned", "invoice tax"
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Row(NamedTuple):
    """Charges that are alike, or what takes them away again from where they were counted.

    `moment` is the hour they began, counted from the start of the month; `places` are the values
    of the dimensions that scopes are told by; `amounts` are the four costs.
    """

    places: tuple[str, ...]
    currency: str
    kinds: frozenset[str]
    billed_here: bool
    moment: int
    amounts: tuple[Decimal, ...]


class _Read(NamedTuple):
    places: tuple[str, ...]
    currency: str
    provider: str
    publisher: str
    issuer: str
    kinds: frozenset[str]
    billed_here: bool
    day: date
    amounts: tuple[Decimal, ...]


_ASKED = """
SELECT {places}, BillingCurrency, coalesce(ServiceProviderName, ''), coalesce(PublisherName, ''),
       coalesce(InvoiceIssuerName, ''), ChargeCategory = 'Tax', ChargeCategory = 'Credit',
       coalesce(ChargeClass, '') = 'Correction',
       lower(coalesce(ServiceName, '')) LIKE '%support%',
       ChargeCategory = 'Purchase' AND coalesce(CommitmentDiscountId, '') <> '',
       coalesce(CommitmentDiscountStatus, '') = 'Unused', x_BillingMonth = '{month}', x_ChargeDay,
       {more} coalesce(sum(EffectiveCost), 0), coalesce(sum(BilledCost), 0),
       coalesce(sum(ListCost), 0), coalesce(sum(ContractedCost), 0)
FROM {relation}
WHERE (x_BillingMonth = '{month}' OR (x_ChargeDay >= CAST('{first}' AS DATE)
       AND x_ChargeDay <= CAST('{last}' AS DATE))) {where}
GROUP BY {keys}
"""
_BY_LINE = "BilledCost < 0 AND ChargeCategory <> 'Credit', date_trunc('hour', ChargePeriodStart),"
_TOLD_BY_LINE = """AND ((BilledCost < 0 AND ChargeCategory <> 'Credit')
       OR ({edge} AND date_trunc('hour', ChargePeriodStart) <> date_trunc('day', x_ChargeDay)))"""
_KINDS = (TAX, CREDITS, CORRECTIONS, SUPPORT, PURCHASES, UNUSED)
_KEYS = 13


def read(dataset: Dataset, period: BillingPeriod, places: tuple[str, ...]) -> tuple[Row, ...]:
    """The charges that a month bills, or that were incurred in it or on a day next to it.

    What only lines tell, refunds within the month and the hours at the month's two ends, is read
    from them and moved to where it belongs.
    """
    first, last = period.start - _DAY, period.end
    form = {
        "places": ", ".join(f"coalesce(\"{name}\", '')" for name in places),
        "month": str(period),
        "first": first,
        "last": last,
    }
    edges = (first, period.start, period.end - _DAY, last)
    edge = ", ".join(f"CAST('{day}' AS DATE)" for day in edges)
    width = len(places) + _KEYS - 1
    keys = ", ".join(str(place + 1) for place in range(width))
    added = _ASKED.format(**form, more="", where="", relation="rollup", keys=keys)
    where = _TOLD_BY_LINE.format(edge=f"x_ChargeDay IN ({edge})")
    keys += f", {width + 1}, {width + 2}"
    lines = _ASKED.format(**form, more=_BY_LINE, where=where, relation="lines", keys=keys)
    known = [(_known(row, len(places)), row) for row in dataset.select(parse(added)).rows]
    usual = _usual([one for one, _ in known])
    rows = [_row(one, usual, period) for one, _ in known]
    for row in dataset.select(parse(lines)).rows:
        rows += _moved(_known(row, len(places)), row[width], row[width + 1], usual, period)
    return tuple(rows)


def _known(row: tuple[object, ...], places: int) -> _Read:
    currency, provider, publisher, issuer, *rest = row[places:]
    flags, here, day = rest[:6], rest[6], rest[7]
    kinds = {kind for kind, holds in zip(_KINDS, flags, strict=True) if holds}
    at = tuple(str(value) for value in row[:places])
    if at[0] == UNALLOCATED:
        kinds.add(UNOWNED)
    if not isinstance(day, date):
        message = f"{day!r} is no day."
        raise TypeError(message)
    return _Read(
        at,
        str(currency),
        str(provider),
        str(publisher),
        str(issuer),
        frozenset(kinds),
        bool(here),
        day,
        tuple(Decimal(str(number)) for number in row[-len(COSTS) :]),
    )


def _usual(rows: list[_Read]) -> dict[tuple[str, str], str]:
    """By provider, who publishes and who invoices most of what it bills."""
    sums: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        for what, name in (("publisher", row.publisher), ("issuer", row.issuer)):
            of = sums[what, row.provider]
            of[name] = EXACT.add(of[name], abs(row.amounts[1]))
    return {key: max(sorted(of), key=of.__getitem__) for key, of in sums.items()}


def _row(
    one: _Read,
    usual: dict[tuple[str, str], str],
    period: BillingPeriod,
    *,
    more: frozenset[str] = frozenset(),
    hour: int = 0,
) -> Row:
    kinds = one.kinds | more
    for what, name in (("publisher", one.publisher), ("issuer", one.issuer)):
        if name and name != usual.get((what, one.provider), name):
            kinds |= {MARKETPLACE}
    moment = (one.day - period.start).days * 24 + hour
    return Row(one.places, one.currency, kinds, one.billed_here, moment, one.amounts)


def _moved(
    one: _Read,
    refund: object,
    hour: object,
    usual: dict[tuple[str, str], str],
    period: BillingPeriod,
) -> Iterator[Row]:
    """Lines counted as what they are, and taken away from where the rollup counts them."""
    at = hour.hour if isinstance(hour, datetime) else 0
    kinds = frozenset({REFUNDS}) if refund else frozenset[str]()
    yield _row(one, usual, period, more=kinds, hour=at)
    counted = _row(one, usual, period)
    yield counted._replace(amounts=tuple(EXACT.minus(number) for number in one.amounts))


def invoice_taxes(taxes: tuple[tuple[str, Decimal], ...], places: int) -> tuple[Row, ...]:
    """Tax that invoices carry and charges do not, as rows that are not counted unless put in."""
    kinds = frozenset({INVOICE_TAX})
    return tuple(
        Row(("",) * places, currency, kinds, billed_here=True, moment=0, amounts=(tax,) * 4)
        for currency, tax in taxes
    )

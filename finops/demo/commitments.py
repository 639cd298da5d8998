"""Commitments of the demo company: when they run, what is paid for them, what stays unused.

A purchase covers usage to come: it is billed and has an EffectiveCost of 0 (FOCUS 1.2).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.book import charges
from finops.demo.book import Resource
from finops.demo.money import cost
from finops.demo.money import digits
from finops.demo.money import ONE
from finops.demo.money import PRICE_UNIT
from finops.demo.ownership import account_owner
from finops.demo.seasons import ordinal
from finops.demo.templates import account_columns
from finops.demo.templates import commitment_columns
from finops.demo.templates import hexes
from finops.demo.templates import PURCHASE
from finops.demo.templates import sku_columns
from finops.demo.templates import USAGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from finops.demo.company import Commitment
    from finops.demo.seasons import Month
    from finops.demo.usage import Site

_HOURS = 24
_PERCENT = 100


class Term(NamedTuple):
    """The days that a commitment runs (half-open), and its size on each of them.

    `committed` is what counts against it (money for spend, hours for usage), `cost` its money.
    """

    start: int
    end: int
    committed: int
    cost: int

    @property
    def days(self) -> int:
        """How many days it runs in all."""
        return self.end - self.start

    def within(self, month: Month) -> range:
        """The days of a month on which it runs."""
        return range(max(self.start, month.start), min(self.end, month.end))


def term(commitment: Commitment, month: Month) -> Term:
    """When a commitment runs, reckoned from any month of the story."""
    first = month.period.plus(commitment.starts["month"] - month.index)
    start = date(first.year, first.month, commitment.starts["day"])
    end = start.replace(year=start.year + commitment.years)
    hours = _HOURS * max(commitment.instances, 1)
    money = hours * commitment.hourly * 10**4
    committed = money if commitment.kind == "spend" else hours * ONE
    return Term(ordinal(start), ordinal(end), committed, money)


def _own_columns(here: Site, commitment: Commitment) -> dict[str, str | None]:
    """Columns of a charge for the commitment itself: it is its own resource."""
    account = here.company.accounts[commitment.account]
    first = sku_columns(here.company, here.company.skus[commitment.covers[0]])
    own = hexes("commitment", commitment.key).upper()
    return {
        **account_columns(here.company, account),
        **{name: first[name] for name in ("ServiceName", "ServiceCategory", "ServiceSubcategory")},
        **commitment_columns(commitment, here.company.providers[commitment.provider].currency),
        "SkuId": own,
        "SkuPriceId": f"{own}.{hexes('term', commitment.key, length=10).upper()}",
        "SkuMeter": "Commitment",
        "ResourceType": "Savings Plan" if commitment.kind == "spend" else "Reservation",
    }


def _own_rows(here: Site, commitment: Commitment, count: int) -> NDArray[np.void]:
    account = here.company.accounts[commitment.account]
    owner = here.book.owners.place(account_owner(here.company, account))
    resource = here.book.resources.place(Resource(commitment.id, commitment.name))
    return charges(count, resource=resource, owner=owner)


def unused(
    here: Site, commitment: Commitment, days: NDArray[np.int64], left: NDArray[np.int64]
) -> NDArray[np.void]:
    """One charge for each day on which something is left."""
    spend = commitment.kind == "spend"
    sku = here.company.skus[commitment.covers[0]]
    columns = {
        **_own_columns(here, commitment),
        **USAGE,
        "PricingCategory": "Committed",
        "CommitmentDiscountStatus": "Unused",
        "PricingUnit": here.company.providers[commitment.provider].currency if spend else "Hours",
        "ChargeDescription": f"{commitment.name}: not used",
    }
    prices = (PRICE_UNIT, PRICE_UNIT) if spend else (sku.listed, sku.contracted)
    rows = _own_rows(here, commitment, len(days))
    rows["template"] = here.book.template(columns, prices=prices)
    rows["start"], rows["end"] = days, days + 1
    rows["quantity"] = rows["committed"] = left
    rows["listed"] = left if spend else cost(left, sku.listed)
    rows["contracted"] = left if spend else cost(left, sku.contracted)
    rows["effective"] = left if spend else cost(left, commitment.hourly)
    return rows[left > 0]


def purchases(here: Site, commitment: Commitment, month: Month) -> NDArray[np.void]:
    """The part paid at once in the month of the start, and the monthly part of the rest."""
    span = term(commitment, month)
    days = span.within(month)
    rows = []
    if commitment.upfront and days[0] == span.start:
        amount = span.cost * span.days * commitment.upfront // _PERCENT
        bought = span.committed * span.days
        rows.append(_purchase(here, commitment, (days[0], days[0] + 1), (amount, bought)))
    if commitment.upfront < _PERCENT:
        rate = commitment.hourly * (_PERCENT - commitment.upfront) // _PERCENT
        hours = len(days) * _HOURS * max(commitment.instances, 1)
        amount, bought = rate * hours * 10**4, span.committed * len(days)
        row = _purchase(here, commitment, (days[0], days[-1] + 1), (amount, bought))
        rows.append(_monthly(here, row, rate, hours))
    return np.concatenate(rows) if rows else charges(0)


def _purchase(
    here: Site, commitment: Commitment, days: tuple[int, int], size: tuple[int, int]
) -> NDArray[np.void]:
    """A one-time purchase of an amount: (money, commitment quantity)."""
    amount, bought = size
    columns = {
        **_own_columns(here, commitment),
        **PURCHASE,
        "ChargeFrequency": "One-Time",
        "PricingUnit": "Commitments",
        "ChargeDescription": f"{commitment.name}: upfront fee",
    }
    rows = _own_rows(here, commitment, 1)
    price = amount // 10**4
    rows["template"] = here.book.template(columns, prices=(price, price))
    rows["start"], rows["end"] = days
    rows["quantity"], rows["committed"] = ONE, bought
    rows["listed"] = rows["contracted"] = rows["billed"] = amount
    return rows


def _monthly(here: Site, row: NDArray[np.void], rate: int, hours: int) -> NDArray[np.void]:
    """The same purchase as a recurring fee by the hour."""
    columns = here.book.columns(int(row["template"][0])) | {
        "ChargeFrequency": "Recurring",
        "PricingUnit": "Hours",
    }
    text = columns["ChargeDescription"].replace("upfront", f"{digits(rate, 8)} an hour, monthly")
    columns["ChargeDescription"] = text
    row["template"] = here.book.template(columns, prices=(rate, rate))
    row["quantity"] = hours * ONE
    return row

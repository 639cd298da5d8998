"""Both trees of a billed month beside its invoices, in one billing currency."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.allocation.trees import two_trees
from finops.core.amount import total
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.exchange.conversion import Converter
from finops.invoicing import books_of
from finops.invoicing import reconcile
from finops.invoicing.differences import Reason
from finops.measures import Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset
    from finops.invoicing.reconciliation import Match

NAMED_ALONE = {str(Reason.TAX), str(Reason.ROUNDING)}


class Billed(NamedTuple):
    """How many invoices a month has, and how many of them ask for another currency."""

    invoices: int
    abroad: int


def hold(workspace: Workspace, dataset: Dataset, month: str) -> dict[str, Billed]:
    """Both trees = the invoices of the charges in each currency, less what is not in the data.

    An invoice in another currency than its charges is told in theirs at the month's own rate.
    """
    period = BillingPeriod.parse(month)
    every = reconcile(dataset, books_of(workspace, dataset.snapshot), period).invoices
    currencies = sorted({one.charged_in or one.currency for one in every})
    return {currency: _held(dataset, period, currency, every) for currency in currencies}


def _held(dataset: Dataset, period: BillingPeriod, currency: str, every: Sequence[Match]) -> Billed:
    month = str(period)
    where = (("BillingCurrency", currency),)
    asked = Query(measures=("BilledCost",), period=period, where=where, axis=Axis.BILLING)
    both = two_trees(dataset, replace(asked, currency="billing"))
    mine = [one for one in every if (one.charged_in or one.currency) == currency]
    here = [one for one in mine if not one.charged_in]
    abroad = [one for one in mine if one.charged_in]
    assert both.agree, (month, currency)
    left = both.charges - sum(map(_in_the_data, here))
    for asks in {one.currency for one in abroad}:
        to = Converter(asks, dataset.rates)
        told = to.convert(left, currency=currency, month=month)
        assert told == sum(map(_in_the_data, abroad)), (month, currency, asks)
    assert abroad or not left, (month, currency)
    _plain(here, both.charges if not abroad else None)
    return Billed(len(mine), len(abroad))


def _in_the_data(one: Match) -> Decimal:
    """What an invoice asks for, less every difference that has a name and what has none."""
    return one.invoiced - total(part.amount for part in one.explained) - one.unexplained


def _plain(here: Sequence[Match], charges: Decimal | None) -> None:
    """Where nothing else is named, the charges are the invoices less tax, but for rounding."""
    named: dict[str, Decimal] = defaultdict(Decimal)
    for part in (one for match in here for one in match.explained):
        named[str(part.reason)] += part.amount
    if charges is None or named.keys() - NAMED_ALONE or any(one.unexplained for one in here):
        return
    tax = named.get(str(Reason.TAX), Decimal(0))
    rest = charges - (total(match.invoiced for match in here) - tax)
    assert abs(rest) <= Decimal("0.005") * len(here)

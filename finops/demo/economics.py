"""What a unit of the demo company costs, as its story means it; no product code is asked.

`variable_share` is told of the story without the chance of a day: the same usage and commitments,
and by how much they rise where one more is sold. `mix` is the month in which as many hours ran on
dearer nodes; `at_a_loss` the segments that earn less than they cost.
"""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.book import Book
from finops.demo.business import meant
from finops.demo.coverage import commit
from finops.demo.ledger import Key
from finops.demo.money import digits
from finops.demo.money import PRICE_SCALE
from finops.demo.money import SCALE
from finops.demo.usage import site
from finops.demo.usage import usage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from finops.demo.ledger import Ledger
    from finops.demo.seasons import Month
    from finops.demo.usage import Site

    Fact = dict[str, Any]

PRODUCT, PROVIDER, CURRENCY = "checkout", "aws", "USD"
"""The product that the story tells of: it runs at one provider, in the reporting currency."""
MIXED, BEFORE = "checkout-sessions-spring", "checkout-sessions-winter"
"""Where its sessions ran in the month of the dearer nodes, and where in the month before."""
WINDOW = 4
"""Of how many months, to the last, the variable share is told."""


class Story(NamedTuple):
    """The days of some months: what was sold and what the product's usage cost, both as meant."""

    units: NDArray[np.float64]
    costs: NDArray[np.float64]
    last: int


def unit_facts(here: Site, ledger: Ledger, months: tuple[Month, ...]) -> list[Fact]:
    """What is true of the product's unit cost in the months that are written."""
    return [*_share(here, months), *_mix(here, months), *_losses(here, ledger, months)]


def _share(here: Site, months: tuple[Month, ...]) -> Iterator[Fact]:
    """How much of the last month's cost follows volume; told where its window is written."""
    if len(months) < WINDOW:
        return
    told = _story(here, months[-WINDOW:])
    middle = told.units - told.units.mean()
    slope = float(middle @ told.costs / (middle @ middle))
    last = slice(-told.last, None)
    share = slope * told.units[last].sum() / told.costs[last].sum()
    yield _fact(months[-1], {"variable_share": f"{share:.4f}"})


def _story(here: Site, months: Sequence[Month]) -> Story:
    steady = site(here.company, Book(), here.seed)._replace(steady=True)
    units, costs = [], []
    for month in months:
        rows = commit(steady, usage(steady, PROVIDER, month), PROVIDER, month)
        owners = [one.product == PRODUCT for one in steady.book.owners.values]
        mine = rows[np.array([*owners, False])[rows["owner"]]]
        days = (mine["start"] - month.start).astype(np.int64)
        paid = mine["effective"].astype(np.float64) / 10**SCALE
        costs.append(np.bincount(days, paid, minlength=month.period.days))
        units.append(meant(here, _metric(here), month))
    return Story(np.concatenate(units), np.concatenate(costs), months[-1].period.days)


def _mix(here: Site, months: tuple[Month, ...]) -> Iterator[Fact]:
    """The month of the dearer nodes: its hours at the difference of both prices."""
    works = {work.id: work for work in here.company.workloads}
    dear, cheap = works[MIXED], works[BEFORE]
    for month in months[1:]:
        if month.index == dear.starts:
            hours = round(dear.resources * dear.quantity * month.period.days)
            skus = [here.company.skus[one.sku] for one in (dear, cheap)]
            prices = [sku.contracted_in(month.index) for sku in skus]
            amount = hours * (prices[0] - prices[1])
            yield _fact(month, {"cause": "mix", "amount": digits(amount, PRICE_SCALE)})


def _losses(here: Site, ledger: Ledger, months: tuple[Month, ...]) -> Iterator[Fact]:
    """The segments that earn less than a unit costs, each month."""
    metric = _metric(here)
    for month in months:
        sums = ledger.sums.get(Key("x_Product", "charge", month.period, CURRENCY, PRODUCT))
        if sums is None:
            continue
        one = sums.amounts["EffectiveCost"] / 10**SCALE / float(meant(here, metric, month).sum())
        found = [n for n, terms in metric["segments"].items() if terms["price"] / 10**4 < one]
        yield _fact(month, {"at_a_loss": found})


def _metric(here: Site) -> dict[str, Any]:
    """What the product sells, as the definition says it."""
    metrics: list[dict[str, Any]] = here.company.business["metrics"]
    return next(one for one in metrics if one["product"] == PRODUCT)


def _fact(month: Month, answer: dict[str, Any]) -> Fact:
    question = {"period": str(month.period), "axis": "charge", "product": PRODUCT}
    return {"question": question, "answer": answer}

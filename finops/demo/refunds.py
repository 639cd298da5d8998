"""Usage that the demo company gets back, and what it pays sellers on a marketplace."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.book import charges
from finops.demo.book import MONEY
from finops.demo.money import cost
from finops.demo.money import ONE
from finops.demo.money import price
from finops.demo.ownership import Life
from finops.demo.templates import account_columns
from finops.demo.templates import hexes
from finops.demo.templates import PURCHASE
from finops.demo.templates import sku_columns
from finops.demo.usage import usage_template

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from finops.demo.seasons import Month
    from finops.demo.usage import Site


def refunds(
    here: Site, rows: NDArray[np.void], provider: str, month: Month
) -> list[NDArray[np.void]]:
    """Usage that is given back, in this month or as a correction of an invoiced one."""
    del rows
    works = {work.id: work for work in here.company.workloads}
    return [
        refund(here, told, month)
        for told in here.company.adjustments["refunds"]
        if told["month"] == month.index
        and here.company.accounts[works[told["workload"]].account].provider == provider
    ]


def late_usage(
    here: Site, rows: NDArray[np.void], provider: str, month: Month
) -> list[NDArray[np.void]]:
    """Usage of an earlier month that this month bills; it corrects nothing that was billed."""
    del rows
    works = {work.id: work for work in here.company.workloads}
    return [
        refund(here, {**late, "quantity": -late["quantity"]}, month, correction=False)
        for late in here.company.adjustments["late"]
        if late["month"] == month.index
        and here.company.accounts[works[late["workload"]].account].provider == provider
    ]


def refund(
    here: Site, told: dict[str, Any], month: Month, *, correction: bool | None = None
) -> NDArray[np.void]:
    """The charges of usage that is given back; more usage where the quantity is negative.

    It corrects an invoiced month where it reaches back to one, unless `correction` says otherwise.
    """
    work = next(one for one in here.company.workloads if one.id == told["workload"])
    corrects = told["months_back"] > 0 if correction is None else correction
    template = usage_template(here, work, month, correction=corrects)
    prices = here.book.templates.values[template]
    begin = month.period.plus(-told["months_back"]).start.replace(day=told["day"])
    days = (begin.toordinal() - month.period.start.toordinal()) + month.start
    places = here.registry.find(Life(work, 0, days // work.life if work.life else 0), month)
    rows = charges(told["days"], template=template, owner=places.owner)
    rows["resource"], rows["tags"] = places.resource, places.tags
    rows["start"] = days + np.arange(told["days"])
    rows["end"] = rows["start"] + 1
    rows["quantity"] = -(told["quantity"] * 10**4 // told["days"]) * 10**8
    rows["listed"] = cost(rows["quantity"], prices.listed or 0)
    rows["contracted"] = cost(rows["quantity"], prices.contracted or 0)
    rows["effective"] = rows["billed"] = rows["contracted"]
    return rows


def subscriptions(
    here: Site, rows: NDArray[np.void], provider: str, month: Month
) -> list[NDArray[np.void]]:
    """Monthly fees of marketplace sellers; they cover no later charge: the cost is as billed."""
    del rows
    sellers = here.company.adjustments["sellers"]
    return [
        _subscription(here, one, month)
        for one in here.company.adjustments["subscriptions"]
        if sellers[one["seller"]]["provider"] == provider and one["from"] <= month.index
    ]


def _subscription(here: Site, one: dict[str, Any], month: Month) -> NDArray[np.void]:
    account = here.company.accounts[one["account"]]
    work = next(work for work in here.company.workloads if work.id == one["workload"])
    sku = here.company.skus[work.sku]
    identifier = hexes("subscription", one["name"]).upper()
    columns = {
        **account_columns(here.company, account, seller=one["seller"]),
        **sku_columns(here.company, sku),
        **PURCHASE,
        "SkuId": identifier,
        "SkuPriceId": f"{identifier}.MONTHLY",
        "SkuMeter": one["meter"],
        "PricingUnit": "Months",
        "ConsumedUnit": None,
        "ChargeDescription": one["name"],
    }
    each = price(one["price"])
    places = here.registry.find(Life(work, 0, 0), month)
    row = charges(1, owner=places.owner, resource=places.resource, tags=places.tags)
    row["template"] = here.book.template(columns, prices=(each, each))
    row["quantity"] = ONE
    for name in MONEY:
        row[name] = each * 10**4
    row["start"], row["end"] = month.start, month.end
    return row

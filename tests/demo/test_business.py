"""The demo's business: units follow the usage that they cause, and what is lost is known."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import numpy as np

from finops.demo.book import Book
from finops.demo.business import business
from finops.demo.company import load_company
from finops.demo.seasons import story
from finops.demo.usage import amounts
from finops.demo.usage import site

MONTHS = story(date(2026, 11, 21))
COMPANY = load_company()
HERE = site(COMPANY, Book(), 1)
SOLD = business(HERE, COMPANY.business, MONTHS)


def test_every_product_sells_something_in_every_month() -> None:
    products = {one["id"] for one in COMPANY.organization["products"]}
    months = {one.month.period for one in SOLD.counts}
    found = {(one.product, one.month.period) for one in SOLD.counts if one.kind == "units"}
    assert found == {(product, month) for product in products for month in months}
    assert len(months) == 25


def test_units_follow_usage_and_usage_follows_units() -> None:
    place = next(i for i, w in enumerate(COMPANY.workloads) if w.id == "checkout-carts")
    orders: dict[str, int] = defaultdict(int)
    for one in SOLD.counts:
        if (one.product, one.kind) == ("checkout", "units"):
            orders[one.date] += one.number
    used = np.concatenate([amounts(HERE, place, month).sum(axis=0) for month in MONTHS])
    both = np.corrcoef(used, [orders[day] for day in sorted(orders)])[0, 1]
    assert 0.95 < both < 1


def test_the_business_grows_from_year_to_year() -> None:
    earned: dict[str, int] = defaultdict(int)
    for one in SOLD.counts:
        if one.kind == "revenue":
            earned[one.product] += one.number * (1 if one.month.index >= 13 else -1)
    assert earned
    assert all(more > 0 for more in earned.values())


def test_five_days_are_lost_and_one_count_is_late() -> None:
    lost = {(one.product, one.date) for one in SOLD.counts if one.lost}
    assert {day for product, day in lost if product == "payments"} == {
        f"2026-09-{day}" for day in range(10, 15)
    }
    late = sorted(day for product, day in lost if product == "delivery")
    assert (late[0], late[-1], len(late)) == ("2026-10-20", "2026-10-31", 12)
    assert all(date.fromisoformat(b) > date.fromisoformat(a) for a, b in pairwise(late))
    assert len(SOLD.csv().splitlines()) == 1 + sum(not one.lost for one in SOLD.counts)


def test_fewer_months_tell_the_same_of_each() -> None:
    last = business(HERE, COMPANY.business, MONTHS[-2:])
    assert last.counts == tuple(one for one in SOLD.counts if one.month.index >= 23)

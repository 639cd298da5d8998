"""Business of the demo company: what it sold and earned, and what its usage follows.

Units are what the story means the usage of one workload of each product to be, without the chance
of a day: usage follows them, and strays by itself. A few days are lost and one count is late on
purpose.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.money import digits
from finops.demo.money import part
from finops.demo.money import whole
from finops.demo.seasons import MONTHS
from finops.demo.usage import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from finops.demo.seasons import Month
    from finops.demo.usage import Site

    Fact = dict[str, Any]

HEAD = ("date", "product", "segment", "unit", "amount", "kind", "currency", "grain", "source")
CENTS = 2

_SHARE = 100
_PRICE = 10**4
_WOBBLE = 0.008
"""How far a count strays from what the story means it to be."""


class Count(NamedTuple):
    """One line of metrics.csv; the number is in 10^-scale, and `lost` where it never came."""

    date: str
    month: Month
    product: str
    segment: str
    unit: str
    number: int
    scale: int
    kind: str
    currency: str
    grain: str
    lost: bool = False


class Business(NamedTuple):
    """Everything that was counted, and what of it was lost."""

    counts: tuple[Count, ...]

    def csv(self) -> str:
        """metrics.csv as it is delivered."""
        out = StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEAD)
        for one in self.counts:
            if not one.lost:
                told = (one.date, one.product, one.segment, one.unit, digits(one.number, one.scale))
                writer.writerow((*told, one.kind, one.currency, one.grain, "demo"))
        return out.getvalue()

    def facts(self) -> list[Fact]:
        """What each metric comes to in each month, and which days of it are missing."""
        groups: dict[tuple[str, ...], list[Count]] = {}
        for one in self.counts:
            name = (one.product, one.segment, one.kind, one.unit, one.currency)
            groups.setdefault((*name, str(one.month.period)), []).append(one)
        return [_fact(key, group) for key, group in sorted(groups.items())]


def business(here: Site, definition: dict[str, Any], months: tuple[Month, ...]) -> Business:
    """Count the business in some months."""
    counts: list[Count] = []
    for month in months:
        for place, told in enumerate(definition["metrics"]):
            sold = _sold(here, place, told, month)
            counts += (one._replace(lost=_lost(one, definition["planted"])) for one in sold)
        counts += _used(here, definition["usage"], month)
        for place, told in enumerate(definition["drivers"]):
            counts += _drives(here, place, told, month)
        counts += (_achieved(told, month) for told in definition["outcomes"])
    return Business(tuple(counts))


def _fact(key: tuple[str, ...], group: list[Count]) -> Fact:
    names = ("product", "segment", "kind", "unit", "currency", "period")
    question = dict(zip(names, key, strict=True)) | {"axis": "charge"}
    total = sum(one.number for one in group if not one.lost)
    missing = [one.date for one in group if one.lost]
    return {
        "question": question | {"metric": "total"},
        "answer": {"total": digits(total, group[0].scale), "missing": missing},
    }


def _sold(here: Site, place: int, told: dict[str, Any], month: Month) -> Iterator[Count]:
    """Units by day (or month) and segment, and by month what they earned."""
    daily = _units(here, told, month, (here.seed, 31, place))
    days = [f"{month.period}-{day:02}" for day in range(1, len(daily) + 1)]
    if told["grain"] == "month":
        daily, days = np.array([daily.sum()]), [f"{month.period}-01"]
    unit, currency = told["unit"], told.get("currency", "")
    for segment, terms in told["segments"].items():
        units = [part(int(whole), terms["share"], _SHARE) for whole in daily]
        fixed = (month, told["product"], segment)
        for day, number in zip(days, units, strict=True):
            yield Count(day, *fixed, unit, number, 0, "units", "", told["grain"])
        if price := terms.get("price"):
            earned = part(sum(units) * price, 10**CENTS, _PRICE)
            first = f"{month.period}-01"
            yield Count(first, *fixed, unit, earned, CENTS, "revenue", currency, "month")
            yield Count(first, *fixed, unit, price, 4, "price", currency, "month")


def _units(
    here: Site, told: dict[str, Any], month: Month, seed: tuple[int, ...]
) -> NDArray[np.int64]:
    """Units on each day as they were counted."""
    sold = meant(here, told, month)
    random = np.random.default_rng((*seed, month.period.year, month.period.month))
    wobble = 1 + _WOBBLE * random.standard_normal(len(sold))
    return np.asarray(np.rint(sold * wobble), np.int64)


def meant(here: Site, told: dict[str, Any], month: Month) -> NDArray[np.float64]:
    """Units on each day as the story means them: a workload's usage, so many for one of it."""
    steady = here._replace(steady=True)
    used = amounts(steady, _place(here, told["workload"]), month).sum(axis=0)
    return np.asarray(used * told["per"], np.float64)


def _used(here: Site, told: dict[str, Any], month: Month) -> Iterator[Count]:
    """How much of the shared cluster each team used in a month."""
    whole = int(np.rint(amounts(here, _place(here, told["workload"]), month).sum() * told["per"]))
    for team, share in told["teams"].items():
        hours = part(whole, share, _SHARE)
        first = f"{month.period}-01"
        fixed = (month, told["product"], team, told["unit"], hours, 0)
        yield Count(first, *fixed, "usage", "", "month")


def _drives(here: Site, place: int, told: dict[str, Any], month: Month) -> Iterator[Count]:
    """How much was asked on each day of what people save on, whatever it is made with."""
    if month.index < told["from"]:
        return
    daily = _units(here, told, month, (here.seed, 37, place))
    for day, number in enumerate(daily, start=1):
        fixed = (month, told["product"], told["team"], told["unit"], int(number), 0)
        yield Count(f"{month.period}-{day:02}", *fixed, "usage", "", "day")


def _achieved(told: dict[str, Any], month: Month) -> Count:
    """What was achieved in a month, on the way from the first to the last of the story."""
    first, last = (whole(told[end], CENTS) for end in ("from", "to"))
    number = first + (last - first) * month.index // (MONTHS - 1)
    names = (month, told["product"], told["name"], told["unit"])
    return Count(
        f"{month.period}-01", *names, number, CENTS, "outcome", told.get("currency", ""), "month"
    )


def _place(here: Site, workload: str) -> int:
    return next(i for i, work in enumerate(here.company.workloads) if work.id == workload)


def _lost(one: Count, planted: dict[str, dict[str, Any]]) -> bool:
    """Whether a count never came."""
    late, gap = planted["late"], planted["gap"]
    day = int(one.date[-2:])
    if one.kind != "units" or one.grain != "day":
        return False
    if (one.product, one.month.index) == (gap["product"], gap["month"]):
        return day in gap["days"]
    return (one.product, one.month.index) == (late["product"], late["month"]) and day > late["day"]

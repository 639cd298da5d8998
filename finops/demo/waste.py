"""What is wasted in the demo company: the resources, and what each really costs in 30 days.

The generator adds the cost up as it makes the charges; which resources are waste, and by which
rule, is by design (data/demo/waste.yaml), and what of the cost goes away as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from fractions import Fraction
from typing import NamedTuple
from typing import TYPE_CHECKING

import numpy as np

from finops.demo.money import digits
from finops.demo.money import PRICE_UNIT
from finops.demo.money import SCALE
from finops.demo.rates import RATE_SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from numpy.typing import NDArray

    from finops.demo.rates import Rates
    from finops.demo.seasons import Month
    from finops.demo.truth import Fact
    from finops.demo.usage import Site

DAYS = 30
_RATE = 10**RATE_SCALE


class Spot(NamedTuple):
    """A resource, the price that it was charged at, and the month."""

    resource: int
    sku: str
    month: Month
    currency: str


@dataclass
class Used:
    """Cost without and with a commitment in 1e-12, quantity, and the days that were charged."""

    cash: int = 0
    covered: int = 0
    quantity: int = 0
    days: set[int] = field(default_factory=set)


@dataclass
class Waste:
    """What each resource used and cost in the last 30 days of the story."""

    here: Site
    last: Month
    used: dict[Spot, Used] = field(default_factory=lambda: defaultdict(Used))

    def record(self, rows: NDArray[np.void], provider: str, month: Month) -> None:
        """Add the usage of one file that falls in those days."""
        if month.end <= self.last.end - DAYS:
            return
        book = self.here.book
        usage = (book.column("ChargeCategory") == "Usage") & (
            book.column("CommitmentDiscountStatus") != "Unused"
        )
        held = book.column("CommitmentDiscountStatus") == "Used"
        skus = [one.sku or "" for one in book.templates.values]
        currency = self.here.company.providers[provider].currency
        wanted = self._wanted()
        recent = (rows["start"] >= self.last.end - DAYS) & (rows["start"] < self.last.end)
        chosen = recent & usage.astype(bool)[rows["template"]] & np.isin(rows["resource"], wanted)
        for row in rows[chosen]:
            template = int(row["template"])
            used = self.used[Spot(int(row["resource"]), skus[template], month, currency)]
            used.days.add(int(row["start"]))
            used.quantity += int(row["quantity"])
            if held[template]:
                used.covered += int(row["contracted"])
            else:
                used.cash += int(row["effective"])

    def _wanted(self) -> list[int]:
        names = {one["workload"] for one in self.here.company.waste["planted"]}
        names |= {self.here.company.named[name].of for name in names}
        found = self.here.registry.resources().items()
        return [place for place, (name, _) in found if name in names]

    def facts(self, rates: Rates) -> list[Fact]:
        """Every resource that is wasted, by which rule, and its cost in the reporting currency.

        `gross` and `net` are what goes away of it, null where nobody can know. What was replaced
        before those days is left out.
        """
        found = (
            self._answer(told, place, rates)
            for told in self.here.company.waste["planted"]
            for place in self._places(told)
        )
        return [{"question": _question(self.last), "answer": one} for one in found if one["days"]]

    def near(self) -> list[Fact]:
        """What looks like waste of a rule and is none."""
        ids = self.here.book.resources.values
        return [
            {
                "question": _question(self.last),
                "answer": {"rule": told["rule"], "resource": ids[place].id},
            }
            for told in self.here.company.waste["near"]
            for place in self._places(told)
        ]

    def _places(self, told: dict[str, Any]) -> Iterator[int]:
        """The resources of a workload, or of the one whose resources its charges are of."""
        work = self.here.company.named[told["workload"]]
        slots = told.get("slots", range(1, work.resources + 1))
        name = work.of or work.id
        for place, whose in self.here.registry.resources().items():
            if whose[0] == name and whose[1] in slots:
                yield place

    def _answer(self, told: dict[str, Any], place: int, rates: Rates) -> dict[str, Any]:
        named = self.here.company.named
        skus = {named[told[key]].sku for key in ("workload", "and") if key in told}
        spots = {one: used for one, used in self.used.items() if one.resource == place}
        mine = {one: used for one, used in spots.items() if one.sku in skus}
        home = self.here.company.organization["reporting_currency"]
        rate = {
            one: Fraction(rates.average(one.currency, home, one.month.period), _RATE)
            for one in mine
        }
        cash = sum((used.cash * rate[one] for one, used in mine.items()), Fraction(0))
        held = sum((used.covered * rate[one] for one, used in mine.items()), Fraction(0))
        gross, net = self._gone(told, mine, cash, held)
        days = {day for used in mine.values() for day in used.days}
        return {
            "rule": told["rule"],
            "resource": self.here.book.resources.values[place].id,
            "currency": home,
            "days": len(days),
            "to_the_end": bool(days) and max(days) == self.last.end - 1,
            "cost": _text(cash + held),
            "gross": None if gross is None else _text(gross),
            "net": None if net is None else _text(net),
        }

    def _gone(
        self, told: dict[str, Any], mine: dict[Spot, Used], cash: Fraction, held: Fraction
    ) -> tuple[Fraction | None, Fraction | None]:
        """What of a resource's cost goes away, without and with what commitments keep."""
        if "part" in told:
            part = Fraction(told["part"])
            return (cash + held) * part, cash * part
        if "instead" not in told:
            return None, None
        sku = self.here.company.named[told["workload"]].sku
        price = self.here.company.skus[told["instead"]].contracted
        size = sum(used.quantity for one, used in mine.items() if one.sku == sku)
        left = Fraction(size, PRICE_UNIT) * price
        return cash + held - left, cash + held - left


def _question(month: Month) -> Fact:
    return {"period": str(month.period), "axis": "charge"}


def _text(amount: Fraction) -> str:
    return digits(round(amount), SCALE)

"""Costs: what each product consumed on each day, ready to be held against what it sold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.measures import Query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.exchange.rule import RateRule
    from finops.measures import Answer

COST, PRODUCT, CATEGORY, SERVICE = "EffectiveCost", "x_Product", "ChargeCategory", "ServiceName"
APART = frozenset({"Credit", "Tax"})
"""Shown apart by domain.md 17: a unit cost is net of negotiated discounts, gross of credits."""
USAGE = "Usage"
EVERYTHING = ""
"""The product of figures that are of the whole business."""

SCOPE = "Effective cost of the charges whose product is this, without credits and tax"
"""What the numerator of every unit cost is, in words."""

Days = dict[date, Decimal]


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Cost by product and day, in one currency; `usage` is the part of it that is usage.

    Fees by the month stand on one day: only usage is held against a day's units. `through` is
    the day after the last that has charges.
    """

    currency: str
    days: dict[str, Days]
    usage: dict[str, Days]
    through: date

    def of(self, product: str, days: Iterable[date]) -> Decimal:
        """What a product cost on some days."""
        known = self.days.get(product, {})
        return total(known.get(day, Decimal(0)) for day in days)


def question(start: date, end: date, rule: RateRule) -> Query:
    """What to ask for the costs of days from `start` to before `end`, in the reporting currency."""
    return Query(
        measures=(COST,), by=(PRODUCT, CATEGORY), start=start, end=end, rule=rule, grain="day"
    )


def costs_of(answer: Answer) -> Costs:
    """The costs that an answer to the question tells."""
    days: dict[str, Days] = defaultdict(lambda: defaultdict(Decimal))
    usage: dict[str, Days] = defaultdict(lambda: defaultdict(Decimal))
    last = date.min
    for when, product, category, amount in answer.rows:
        day = date.fromisoformat(str(when))
        last = max(last, day)
        if category in APART or not isinstance(amount, Decimal):
            continue
        for name in (str(product), EVERYTHING):
            days[name][day] = total((days[name][day], amount))
            if category == USAGE:
                usage[name][day] = total((usage[name][day], amount))
    through = last if last == date.min else last + timedelta(days=1)
    return Costs(currency=answer.currency, days=_plain(days), usage=_plain(usage), through=through)


def _plain(found: dict[str, Days]) -> dict[str, Days]:
    return {name: dict(days) for name, days in found.items()}

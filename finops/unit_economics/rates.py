"""Rates: what usage would cost without commitments, how much they cover, and at what discount."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.measures import Query
from finops.unit_economics.costs import CATEGORY
from finops.unit_economics.costs import COST
from finops.unit_economics.costs import PRODUCT
from finops.unit_economics.costs import USAGE
from finops.unit_economics.ratios import quotient

if TYPE_CHECKING:
    from finops.core.period import BillingPeriod
    from finops.unit_economics.sources import Sources

_NOTHING, _ONE = Decimal(0), Decimal(1)
_STATUS, _ENVIRONMENT, _PRICING = "CommitmentDiscountStatus", "x_Environment", "PricingCategory"
_LIVE = frozenset({"prod", "production", "UNALLOCATED"})


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What a product's usage costs before commitments, and what commitments make of it.

    `covered` is the part they cover, `paid` what that cost, `idle` what nothing used of them;
    `elsewhere` is usage outside production, `others` how everybody's are, where it has none.
    """

    on_demand: Decimal = _NOTHING
    covered: Decimal = _NOTHING
    paid: Decimal = _NOTHING
    idle: Decimal = _NOTHING
    elsewhere: Decimal = _NOTHING
    others: Rates | None = None

    @property
    def discount(self) -> Decimal:
        """What commitments take off what they cover; nothing where there are none."""
        share = quotient(self.paid, self.covered)
        if share is None:
            return self.others.discount if self.others else _NOTHING
        return _ONE - share

    @property
    def utilization(self) -> Decimal:
        """How much of what is committed is used."""
        share = quotient(self.paid, self.paid + self.idle)
        if share is None:
            return self.others.utilization if self.others else _ONE
        return share


def rates_of(sources: Sources, product: str, period: BillingPeriod) -> Rates:
    """Usage before commitments, spot apart; where none is the product's own, as others have it."""
    mine = _asked(sources, product, period)
    if mine.covered or not product:
        return mine
    return replace(mine, others=_asked(sources, "", period))


def _asked(sources: Sources, product: str, period: BillingPeriod) -> Rates:
    asked = Query(
        measures=("UsageContractedCost", COST),
        by=(_STATUS, _PRICING, _ENVIRONMENT),
        where=((PRODUCT, product), (CATEGORY, USAGE)) if product else ((CATEGORY, USAGE),),
        period=period,
        rule=sources.rule,
    )
    found: dict[str, Any] = defaultdict(Decimal)
    for status, pricing, environment, before, after in sources.ask(sources.dataset, asked).rows:
        amounts = {"covered": before, "paid": after} if status == "Used" else {}
        if status == "Unused":
            amounts = {"idle": after}
        elif pricing != "Dynamic":
            amounts["on_demand"] = before
        if status != "Unused" and environment not in _LIVE:
            amounts["elsewhere"] = after
        for name, amount in amounts.items():
            if isinstance(amount, Decimal):
                found[name] = total((found[name], amount))
    return replace(Rates(), **found)

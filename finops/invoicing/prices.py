"""Prices: from what the month's usage costs at list price to what it cost, step by step.

Missing prices are told as unknown: what such charges cost has a step of its own and is never taken
for a discount (domain.md 1.4, 1.8).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.dataset.sql import parse
from finops.invoicing.bridge import Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.dataset import Dataset

LIST, EFFECTIVE = "List", "Effective"
NEGOTIATED, COMMITTED, SPOT, OTHER = (
    "Negotiated discounts",
    "Commitment benefit",
    "Spot",
    "Other price differences",
)
UNUSED = "Unused commitment"
NO_LIST, NO_CONTRACTED = "List price unknown", "Contracted price unknown"
BESIDES = {
    "Purchase": "Purchases",
    "Tax": "Tax",
    "Credit": "Credits",
    "Adjustment": "Adjustments",
}
"""What is no usage has no list price to start from: it comes in at what it cost."""

STEPS = (
    *(NEGOTIATED, COMMITTED, SPOT, OTHER, NO_LIST, NO_CONTRACTED, UNUSED),
    *BESIDES.values(),
)


class Priced(NamedTuple):
    """Charges that are alike in how their price came about.

    `missing` is empty, or the step that tells which price is not there.
    """

    currency: str
    category: str
    status: str
    pricing: str
    missing: str
    listed: Decimal
    contracted: Decimal
    effective: Decimal


# A price of 0 for something that was consumed and paid for is a price that is missing: some
# providers write 0 where FOCUS wants null (domain.md 1.8).
_MISSING = """
CASE WHEN x_{cost}Unknown = x_Charges OR ({cost} = 0 AND EffectiveCost <> 0 AND PricingQuantity > 0)
THEN 1 ELSE 0 END"""
_PRICED = """
SELECT BillingCurrency, ChargeCategory, coalesce(CommitmentDiscountStatus, ''),
       coalesce(PricingCategory, ''),
       CASE WHEN {no_list} = 1 THEN '{list}' WHEN {no_contracted} = 1 THEN '{contracted}' ELSE ''
       END AS missing,
       coalesce(sum(ListCost), 0), coalesce(sum(ContractedCost), 0),
       coalesce(sum(EffectiveCost), 0)
FROM {relation}
WHERE x_ChargeDay >= CAST('{start}' AS DATE) AND x_ChargeDay < CAST('{end}' AS DATE)
GROUP BY 1, 2, 3, 4, 5
"""
_MIXED = """
SELECT count(*) FROM rollup
WHERE x_ChargeDay >= CAST('{start}' AS DATE) AND x_ChargeDay < CAST('{end}' AS DATE)
  AND ChargeCategory = 'Usage'
  AND (x_ListCostUnknown > 0 AND x_ListCostUnknown < x_Charges
       OR x_ContractedCostUnknown > 0 AND x_ContractedCostUnknown < x_Charges)
"""


def prices(dataset: Dataset, start: str, end: str) -> tuple[Step, ...]:
    """Lead from list to contracted to effective cost of the days from one to before another.

    In each currency; the steps between add up exactly. Charges are read one by one only where a sum
    holds some with a price and some without.
    """
    mixed = dataset.select(parse(_MIXED.format(start=start, end=end))).rows[0][0]
    question = _PRICED.format(
        no_list=_MISSING.format(cost="ListCost"),
        no_contracted=_MISSING.format(cost="ContractedCost"),
        list=NO_LIST,
        contracted=NO_CONTRACTED,
        relation="lines" if mixed else "rollup",
        start=start,
        end=end,
    )
    return walked(Priced(*row) for row in dataset.select(parse(question)).rows)


def walked(found: Iterable[Priced]) -> tuple[Step, ...]:
    """The steps of each currency, in order; the last is the sum of all that was incurred."""
    by_currency: dict[str, list[Priced]] = defaultdict(list)
    for one in found:
        by_currency[one.currency].append(one)
    return tuple(
        step for currency in sorted(by_currency) for step in _steps(currency, by_currency[currency])
    )


def _steps(currency: str, found: list[Priced]) -> Iterator[Step]:
    moved: dict[str, Decimal] = dict.fromkeys((LIST, *STEPS), Decimal(0))
    for one in found:
        for name, amount in _moves(one):
            moved[name] = EXACT.add(moved[name], amount)
    for name, amount in moved.items():
        yield Step(currency, name, amount)
    yield Step(currency, EFFECTIVE, total(one.effective for one in found))


def _moves(one: Priced) -> Iterator[tuple[str, Decimal]]:
    """What some charges add to each step; together it is what they cost."""
    if one.category != "Usage":
        yield BESIDES.get(one.category, OTHER), one.effective
    elif one.status == "Unused":
        yield UNUSED, one.effective
    elif one.missing:
        yield one.missing, one.effective
    elif one.pricing == "Dynamic":  # What a market asks is negotiated with nobody.
        yield LIST, one.listed
        yield SPOT, EXACT.subtract(one.effective, one.listed)
    else:
        yield LIST, one.listed
        yield NEGOTIATED, EXACT.subtract(one.contracted, one.listed)
        benefit = COMMITTED if one.status == "Used" else OTHER
        yield benefit, EXACT.subtract(one.effective, one.contracted)

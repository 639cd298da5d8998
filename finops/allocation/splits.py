"""Splits: a shared charge that a provider delivers in parts must not be delivered whole as well.

Identity R5 of domain.md: the parts of a split charge add up to their origin in every cost column.
Both together are counted twice. FOCUS 1.3 marks parts with AllocatedMethodId.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.dataset.sql import parse

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.dataset import Dataset

MARK = "AllocatedMethodId"


@dataclass(frozen=True, kw_only=True)
class Split:
    """A resource of a month of which whole charges and their parts are both in the data.

    `twice` where the parts are the whole in every cost column; otherwise one of them is wrong.
    Amounts are billed, in `currency`; the parts are `charges` charges.
    """

    resource: str
    currency: str
    charges: int
    whole: Decimal
    parts: Decimal
    twice: bool


_ANY = """
SELECT AllocatedMethodId FROM lines
WHERE x_BillingMonth = '{month}' AND AllocatedMethodId <> '' LIMIT 1
"""
_COSTS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
_SUM = """
coalesce(sum(CASE WHEN coalesce(AllocatedMethodId, '') <> '' THEN {0} END), 0) AS parts_{0},
coalesce(sum(CASE WHEN coalesce(AllocatedMethodId, '') = '' THEN {0} END), 0) AS whole_{0}"""
_SUMS = ",".join(_SUM.format(cost) for cost in _COSTS)
_SAME = " AND ".join(f"parts_{cost} = whole_{cost}" for cost in _COSTS)
# A charge and its parts are alike in all that says what was charged, when, and to whom.
_BOTH = """
SELECT resource, BillingCurrency, {same} AS twice,
       sum(charges), sum(whole_BilledCost), sum(parts_BilledCost)
FROM (
  SELECT coalesce(ResourceId, '') AS resource, BillingCurrency, count(*) AS every,
         sum(CASE WHEN coalesce(AllocatedMethodId, '') <> '' THEN 1 ELSE 0 END) AS charges, {sums}
  FROM lines WHERE x_BillingMonth = '{month}'
  GROUP BY 1, 2, BillingAccountId, ChargeCategory, coalesce(SkuPriceId, coalesce(SkuId, '')),
           ChargePeriodStart, ChargePeriodEnd
) AS alike
WHERE charges > 0 AND charges < every AND (whole_BilledCost <> 0 OR whole_EffectiveCost <> 0)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def splits(dataset: Dataset, month: str) -> tuple[Split, ...]:
    """The resources of a billing month that are charged both whole and in parts.

    The charges are read only where a file has parts at all.
    """
    marked = any(part.month == month and MARK in part.columns for part in dataset.snapshot.charges)
    if not (marked and dataset.select(parse(_ANY.format(month=month))).rows):
        return ()
    both = parse(_BOTH.format(month=month, same=_SAME, sums=_SUMS))
    return tuple(
        Split(
            resource=resource,
            currency=currency,
            charges=int(charges),
            whole=whole,
            parts=parts,
            twice=twice,
        )
        for resource, currency, twice, charges, whole, parts in dataset.select(both).rows
    )

"""Axes: the months as invoiced beside the months as incurred; over all of them the two are one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.dataset.sql import parse

if TYPE_CHECKING:
    from finops.dataset import Dataset


class Month(NamedTuple):
    """BilledCost of a month on both axes."""

    month: str
    invoiced: Decimal
    incurred: Decimal


@dataclass(frozen=True, kw_only=True)
class Axes:
    """Every month in a currency, as invoiced and as incurred."""

    currency: str
    months: tuple[Month, ...]

    @property
    def invoiced(self) -> Decimal:
        """All months as invoiced."""
        return total(one.invoiced for one in self.months)

    @property
    def incurred(self) -> Decimal:
        """All months as incurred."""
        return total(one.incurred for one in self.months)

    @property
    def holds(self) -> bool:
        """R6: what was invoiced over all months is what was incurred over all months."""
        return not EXACT.subtract(self.invoiced, self.incurred)


_INVOICED = """
SELECT BillingCurrency, x_BillingMonth, coalesce(sum(BilledCost), 0) FROM rollup GROUP BY 1, 2
"""

_INCURRED = """
SELECT BillingCurrency, date_trunc('month', x_ChargeDay), coalesce(sum(BilledCost), 0)
FROM rollup GROUP BY 1, 2
"""


def axes(dataset: Dataset) -> tuple[Axes, ...]:
    """Both axes, asked one by one, a line for each billing currency."""
    found: dict[str, dict[str, list[Decimal]]] = defaultdict(dict)
    for currency, month, amount in dataset.select(parse(_INVOICED)).rows:
        found[currency].setdefault(month, [Decimal(0)] * 2)[0] = amount
    for currency, first, amount in dataset.select(parse(_INCURRED)).rows:
        found[currency].setdefault(f"{first:%Y-%m}", [Decimal(0)] * 2)[1] = amount
    return tuple(
        Axes(
            currency=currency,
            months=tuple(Month(month, *both) for month, both in sorted(months.items())),
        )
        for currency, months in sorted(found.items())
    )

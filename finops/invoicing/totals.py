"""Totals: a month's four costs by every dimension there is, by one fixed question each.

The seal of a month is made of them, and its certificate proves them again, so the same questions
are asked of the rollup here and of the charges in a certificate.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import shortest
from finops.dataset.rollup import BILLING_MONTH
from finops.dataset.rollup import CHARGES
from finops.dataset.rollup import DAY
from finops.dataset.rollup import DIMENSIONS
from finops.dataset.sql import parse
from finops.focus.columns import MONEY
from finops.focus.normalize import quoted
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from finops.dataset import Dataset

WHOLE = ""
"""The dimension under which everything is one."""

ISSUER = "coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, ''))"

_QUESTION = """
SELECT CAST({value} AS VARCHAR), BillingCurrency, sum({charges}), {costs}
FROM {relation}{kept} GROUP BY 1, 2
"""


class Line(NamedTuple):
    """The costs of one value of a dimension in one currency; amounts in their shortest digits."""

    value: str | None
    currency: str
    charges: int
    costs: tuple[str | None, ...]


def dimensions(dataset: Dataset) -> tuple[str, ...]:
    """What a month is added up by: as a whole, by day, and by all that a page groups by."""
    return (WHOLE, DAY, *DIMENSIONS, *dataset.own_dimensions)


def question(dimension: str, relation: str, where: str = "") -> str:
    """The fixed question for one dimension; the value, the currency, charges and costs."""
    value = "CAST(NULL AS VARCHAR)" if dimension == WHOLE else quoted(dimension)
    costs = ", ".join(f"sum({name})" for name in MONEY)
    kept = f" WHERE {where}" if where else ""
    return _QUESTION.format(
        value=value, charges=CHARGES, costs=costs, relation=relation, kept=kept
    ).strip()


def of_month(month: str, provider: str) -> str:
    """The condition that keeps what a month bills, for one issuer or for all."""
    kept = f"{BILLING_MONTH} = {text(month)}"
    return f"{kept} AND {ISSUER} = {text(provider)}" if provider else kept


def totals(dataset: Dataset, month: str, provider: str = "") -> dict[str, tuple[Line, ...]]:
    """The totals of what a month bills, by dimension."""
    where = of_month(month, provider)
    return {
        name: lines(dataset.select(parse(question(name, "rollup", where))).rows)
        for name in dimensions(dataset)
    }


def lines(rows: Iterable[Sequence[object]]) -> tuple[Line, ...]:
    """The rows of an answer, in an order that only they decide."""
    found = [
        Line(
            None if row[0] is None else str(row[0]),
            str(row[1]),
            int(str(row[2])),
            tuple(_digits(cost) for cost in row[3:]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.value is not None, one.value or "", one[1:])))


def _digits(cost: object) -> str | None:
    return f"{shortest(cost):f}" if isinstance(cost, Decimal) else None

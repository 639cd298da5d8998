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

CURRENCY = "BillingCurrency"
"""The dimension by which every line is told apart, amounts of two never being added."""

ISSUER = "coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, ''))"

_QUESTION = """
SELECT CAST({value} AS VARCHAR), BillingCurrency, sum({charges}), {costs}
FROM {relation}{kept} GROUP BY 1, 2
"""

_QUESTIONS = """
SELECT {together}, {values}, BillingCurrency, sum({charges}), {costs}
FROM rollup WHERE {where} GROUP BY GROUPING SETS ((BillingCurrency), {sets})
"""

_COSTS = ", ".join(f"sum({name})" for name in MONEY)


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
    kept = f" WHERE {where}" if where else ""
    return _QUESTION.format(
        value=value, charges=CHARGES, costs=_COSTS, relation=relation, kept=kept
    ).strip()


def of_month(month: str, provider: str) -> str:
    """The condition that keeps what a month bills, for one issuer or for all."""
    kept = f"{BILLING_MONTH} = {text(month)}"
    return f"{kept} AND {ISSUER} = {text(provider)}" if provider else kept


def totals(dataset: Dataset, month: str, provider: str = "") -> dict[str, tuple[Line, ...]]:
    """The totals of what a month bills, by dimension: all questions in one reading of it."""
    every = dimensions(dataset)
    names = [name for name in every if name not in {WHOLE, CURRENCY}]
    asked = _QUESTIONS.format(
        together=", ".join(f"GROUPING({quoted(name)})" for name in names),
        values=", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in names),
        sets=", ".join(f"(BillingCurrency, {quoted(name)})" for name in names),
        charges=CHARGES,
        costs=_COSTS,
        where=of_month(month, provider),
    )
    found: dict[str, list[tuple[object, ...]]] = {name: [] for name in every}
    many = len(names)
    for row in dataset.select(parse(asked)).rows:
        # GROUPING is 0 for the one dimension that a line tells apart, and 1 for all others.
        together, values, answer = row[:many], row[many : 2 * many], row[2 * many :]
        if 0 in together:
            place = together.index(0)
            found[names[place]].append((values[place], *answer))
        else:
            found[WHOLE].append((None, *answer))
            found[CURRENCY].append((answer[0], *answer))
    return {name: lines(rows) for name, rows in found.items()}


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

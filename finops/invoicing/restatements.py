"""Restatements: what later deliveries said of closed months, how much, and why.

closed figure + adjustments = restated figure, to the last digit (domain.md 2.2). As invoiced, a
month has what it billed, adjustments of earlier months among it; as incurred, each adjustment
counts in the month in which its charges were incurred. Over all months the two are one (R6).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.dataset.sql import parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.dataset import Dataset

LARGEST = 12
"""How many charges are shown of those that a restatement changed most."""


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """Adjustments alike in all that a reader may ask: BilledCost in the billing currency."""

    month: str
    booked_in: str
    issuer: str
    currency: str
    import_id: str
    kind: str
    service: str
    rows: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Restatement:
    """What one import said otherwise of a closed month of one issuer; `at` is when it came in.

    `rows` counts reversals and bookings; `amount` is BilledCost, what the month rose by.
    """

    month: str
    booked_in: str
    issuer: str
    currency: str
    rows: int
    amount: Decimal
    kinds: tuple[str, ...]
    import_id: str
    at: str


class Figure(NamedTuple):
    """A month in a currency: as it was closed, the adjustments since, and what they make of it."""

    currency: str
    closed: Decimal
    adjustments: Decimal

    @property
    def restated(self) -> Decimal:
        """The closed figure with all that was said since."""
        return EXACT.add(self.closed, self.adjustments)


class Largest(NamedTuple):
    """A charge that a restatement changed, by what was reversed and what was booked instead."""

    kind: str
    month: str
    booked_in: str
    service: str
    account: str
    resource: str
    day: str
    currency: str
    reversed: Decimal
    booked: Decimal

    @property
    def change(self) -> Decimal:
        """By how much it rose."""
        return EXACT.add(self.reversed, self.booked)


@dataclass(frozen=True, kw_only=True)
class Restatements:
    """A month both ways: `about` it, booked in later months, and `booked` in it about others.

    `figures` are of the month itself, a line for each billing currency.
    """

    month: str
    about: tuple[Adjusted, ...]
    booked: tuple[Adjusted, ...]
    figures: tuple[Figure, ...]
    listed: tuple[Restatement, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.about or self.booked)


_ADJUSTED = """
SELECT x_Adjusts, x_BillingMonth, coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, '')),
       BillingCurrency, coalesce(x_AdjustedBy, ''), coalesce(x_AdjustmentReason, ''),
       coalesce(ServiceName, ''), sum(x_Charges), coalesce(sum(BilledCost), 0)
FROM rollup WHERE x_Adjusts = '{month}' OR (x_BillingMonth = '{month}' AND x_Adjusts IS NOT NULL)
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""

_FIGURES = """
SELECT BillingCurrency,
       coalesce(sum(CASE WHEN x_BillingMonth = '{month}' THEN BilledCost END), 0),
       coalesce(sum(CASE WHEN x_BillingMonth <> '{month}' THEN BilledCost END), 0)
FROM rollup WHERE coalesce(x_Adjusts, x_BillingMonth) = '{month}'
GROUP BY 1
"""

_LARGEST = """
SELECT x_AdjustmentReason, x_Adjusts, x_BillingMonth, coalesce(ServiceName, ''),
       coalesce(SubAccountId, coalesce(BillingAccountId, '')), coalesce(ResourceId, ''),
       CAST(x_ChargeDay AS VARCHAR), BillingCurrency,
       coalesce(sum(CASE WHEN x_Reverses IS NOT NULL THEN BilledCost END), 0),
       coalesce(sum(CASE WHEN x_Reverses IS NULL THEN BilledCost END), 0), sum(BilledCost)
FROM lines WHERE {which}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ORDER BY abs(sum(BilledCost)) DESC, 1, 4, 5, 6, 7, 8 LIMIT {most}
"""


def restatements(dataset: Dataset, month: str) -> Restatements:
    """What was said of a month after it was closed, and what it took of other months."""
    rows = dataset.select(parse(_ADJUSTED.format(month=month))).rows
    found = tuple(
        sorted(
            (
                Adjusted(
                    month=row[0],
                    booked_in=row[1],
                    issuer=row[2],
                    currency=row[3],
                    import_id=row[4],
                    kind=row[5],
                    service=row[6],
                    rows=int(row[7]),
                    amount=row[8],
                )
                for row in rows
            ),
            key=lambda one: (one.month, one.booked_in, one.issuer, one.currency, one.kind),
        )
    )
    figures = dataset.select(parse(_FIGURES.format(month=month))).rows
    return Restatements(
        month=month,
        about=tuple(one for one in found if one.month == month and one.booked_in != month),
        booked=tuple(one for one in found if one.booked_in == month),
        figures=tuple(sorted(Figure(*row) for row in figures)),
        listed=_listed(dataset, found),
    )


def largest(dataset: Dataset, month: str, *, booked: bool) -> tuple[Largest, ...]:
    """The charges that changed most: those booked in a month, or those about it."""
    column = "x_BillingMonth" if booked else "x_Adjusts"
    which = f"{column} = '{month}' AND x_Adjusts IS NOT NULL"
    question = parse(_LARGEST.format(which=which, most=LARGEST))
    return tuple(Largest(*row[:10]) for row in dataset.select(question).rows)


def by(adjusted: Iterable[Adjusted], what: str) -> tuple[tuple[str, str, int, Decimal], ...]:
    """Adjustments added up by `kind` or `service`: its value, the currency, rows and amount."""
    found: dict[tuple[str, str], list[Adjusted]] = defaultdict(list)
    for one in adjusted:
        found[getattr(one, what), one.currency].append(one)
    return tuple(
        (value, currency, sum(one.rows for one in mine), total(one.amount for one in mine))
        for (value, currency), mine in sorted(found.items())
    )


def _listed(dataset: Dataset, found: Iterable[Adjusted]) -> tuple[Restatement, ...]:
    moments = {part.import_id: part.booked_at for part in dataset.snapshot.parts if part.adjusts}
    grouped: dict[tuple[str, ...], list[Adjusted]] = defaultdict(list)
    for one in found:
        key = (one.month, one.booked_in, one.issuer, one.currency, one.import_id)
        grouped[key].append(one)
    return tuple(
        Restatement(
            month=month,
            booked_in=booked_in,
            issuer=issuer,
            currency=currency,
            rows=sum(one.rows for one in mine),
            amount=total(one.amount for one in mine),
            kinds=tuple(sorted({one.kind for one in mine})),
            import_id=import_id,
            at=moments.get(import_id, ""),
        )
        for (month, booked_in, issuer, currency, import_id), mine in sorted(grouped.items())
    )

"""Charged: what the cost data says each invoice should ask for, in parts that can be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.dataset.sql import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from decimal import Decimal

    from finops.dataset import Dataset


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Charges of one billing month that are alike in all that an invoice's difference may turn on.

    `billed` and `effective` are in `currency`; `charged` is the month in which it was incurred,
    `adjusts` the closed month that an adjustment is about.
    """

    issuer: str
    invoice_id: str
    account: str
    currency: str
    category: str
    correction: bool
    service: str
    month: str
    charged: str
    status: str
    commitment: str
    billed: Decimal
    effective: Decimal
    charges: int
    adjusts: str = ""

    @property
    def late(self) -> bool:
        """Whether it was incurred in an earlier month and is no correction."""
        return self.charged < self.month and not self.correction

    @property
    def covering(self) -> bool:
        """Whether it pays in advance for what a commitment will cover (domain.md 0)."""
        return self.category == "Purchase" and bool(self.billed) and not self.effective


_SLICES = """
SELECT coalesce(InvoiceIssuerName, coalesce(ServiceProviderName, '')), coalesce(InvoiceId, ''),
       coalesce(BillingAccountId, ''), BillingCurrency, ChargeCategory,
       coalesce(ChargeClass, '') = 'Correction', coalesce(ServiceName, ''), x_BillingMonth,
       date_trunc('month', x_ChargeDay), coalesce(CommitmentDiscountStatus, ''),
       coalesce(CommitmentDiscountId, ''), coalesce(x_Adjusts, ''),
       coalesce(sum(BilledCost), 0), coalesce(sum(EffectiveCost), 0), sum(x_Charges)
FROM rollup WHERE {where}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
"""


def billed_in(dataset: Dataset, month: str) -> tuple[Slice, ...]:
    """The charges that a month bills."""
    return _slices(dataset, f"x_BillingMonth = '{month}'")


def incurred_in(dataset: Dataset, start: str, end: str) -> tuple[Slice, ...]:
    """The charges that were incurred from a day to before another, `YYYY-MM-DD`."""
    days = f"x_ChargeDay >= CAST('{start}' AS DATE) AND x_ChargeDay < CAST('{end}' AS DATE)"
    return _slices(dataset, days)


def until(dataset: Dataset, month: str) -> tuple[Slice, ...]:
    """Every charge of a commitment billed up to and in a month."""
    return _slices(
        dataset, f"x_BillingMonth <= '{month}' AND coalesce(CommitmentDiscountId, '') <> ''"
    )


def billed(slices: Iterable[Slice], keep: Callable[[Slice], bool] = lambda _: True) -> Decimal:
    """The billed cost of those slices that are kept."""
    return total(one.billed for one in slices if keep(one))


def _slices(dataset: Dataset, where: str) -> tuple[Slice, ...]:
    question = parse(_SLICES.format(where=where))
    return tuple(
        Slice(
            issuer=row[0],
            invoice_id=row[1],
            account=row[2],
            currency=row[3],
            category=row[4],
            correction=row[5],
            service=row[6],
            month=row[7],
            charged=f"{row[8]:%Y-%m}",
            status=row[9],
            commitment=row[10],
            adjusts=row[11],
            billed=row[12],
            effective=row[13],
            charges=int(row[14]),
        )
        for row in dataset.select(question).rows
    )

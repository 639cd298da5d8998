"""Charged: what a scope cost day by day, at which prices, and what its commitments left unused.

Only usage counts: credits, tax and refunds come and go without anybody's doing. Amounts are told
in the reporting currency at one month's rates, so that no rate of exchange saves anything.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.core.scope import Scope
from finops.dataset.sql import parse
from finops.exchange.conversion import Converter
from finops.exchange.rule import RateRule
from finops.measures.query import reporting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from finops.dataset import Dataset

_SKU = "coalesce(SkuId, lower(SkuMeter), ChargeDescription)"
_PLACE = "coalesce(RegionId, '') || '|' || coalesce(PricingUnit, '') || '|' || BillingCurrency"
_COLUMNS = """x_ChargeDay, BillingCurrency, ServiceName, {sku} || '|' || {place},
  coalesce(CommitmentDiscountStatus, ''), coalesce(CommitmentDiscountId, '')"""
_USED = """
SELECT {columns}, sum(coalesce(EffectiveCost, 0)), sum(coalesce(ContractedCost, 0)),
  sum(coalesce(PricingQuantity, 0))
FROM lines WHERE ChargeCategory = 'Usage' GROUP BY {columns}
"""
_RESOURCES = """
SELECT DISTINCT ResourceId FROM lines WHERE ChargeCategory = 'Usage' AND ResourceId <> ''
"""
UNUSED, COVERED = "Unused", "Used"


class Used(NamedTuple):
    """What a scope used of one price on a day; `covered` by a commitment or not.

    `effective` and `contracted` are in the reporting currency, `price` in the billing currency.
    """

    day: date
    service: str
    sku: str
    status: str
    commitment: str
    effective: Decimal
    contracted: Decimal
    quantity: Decimal
    price: Decimal | None

    @property
    def priced(self) -> bool:
        """Whether what it cost follows the price of what it used, and not a commitment's."""
        return not self.status and self.price is not None


@dataclass(frozen=True, kw_only=True)
class Charged:
    """What a scope used in some days, told in one currency at the rates of one month."""

    currency: str
    start: date
    end: date
    used: tuple[Used, ...]

    def by_day(self) -> dict[date, Decimal]:
        """Effective cost of each day; a day without charges cost nothing."""
        days = dict.fromkeys(days_of(self.start, self.end), Decimal(0))
        for one in self.used:
            days[one.day] = EXACT.add(days[one.day], one.effective)
        return days

    @property
    def cost(self) -> Decimal:
        """Effective cost of all days."""
        return total(one.effective for one in self.used)

    def commitments(self) -> tuple[str, ...]:
        """The commitments that covered a part of it."""
        found = {one.commitment for one in self.used if one.status == COVERED}
        return tuple(sorted(found - {""}))


def charged(
    dataset: Dataset, where: tuple[tuple[str, str], ...], start: date, end: date, *, rates: str
) -> Charged:
    """What was used from `start` to before `end`, where every condition holds.

    Raises:
        RateMissing: an amount must be converted and the month `rates` has no rate.
    """
    here = narrowed(dataset, where, start, end)
    currency = reporting(dataset)
    convert = Converter(currency, dataset.rates, RateRule(constant=rates))
    asked = _USED.format(columns=_COLUMNS.format(sku=_SKU, place=_PLACE))
    rows = here.select(parse(asked)).rows
    return Charged(
        currency=currency,
        start=start,
        end=end,
        used=tuple(_used(row, convert, rates) for row in rows),
    )


def narrowed(
    dataset: Dataset, where: tuple[tuple[str, str], ...], start: date, end: date
) -> Dataset:
    """The dataset within some days and conditions; several of one dimension mean any of them."""
    values: dict[str, set[str | None]] = defaultdict(set)
    for name, value in where:
        values[name].add(value)
    filters = tuple((name, frozenset(those)) for name, those in values.items())
    return dataset.within(Scope(filters=filters, start=start, end=end, axis=Axis.CHARGE))


def resources(
    dataset: Dataset, where: tuple[tuple[str, str], ...], start: date, end: date
) -> tuple[str, ...]:
    """The resources that a scope was made of in some days."""
    rows = narrowed(dataset, where, start, end).select(parse(_RESOURCES)).rows
    return tuple(sorted(str(row[0]) for row in rows))


def unused(
    dataset: Dataset, commitments: Iterable[str], start: date, end: date, *, rates: str
) -> Decimal:
    """What some commitments left unused in some days, whoever bought them."""
    named = tuple(("CommitmentDiscountId", one) for one in commitments)
    if not named:
        return Decimal(0)
    found = charged(dataset, named, start, end, rates=rates)
    return total(one.effective for one in found.used if one.status == UNUSED)


def days_of(start: date, end: date) -> Iterator[date]:
    """Every day from `start` to before `end`."""
    return (start + timedelta(days=n) for n in range((end - start).days))


def _used(row: tuple[object, ...], convert: Converter, rates: str) -> Used:
    day, currency, service, sku, status, commitment, effective, contracted, quantity = row
    month = str(BillingPeriod.parse(rates))
    rate = convert.convert(Decimal(1), currency=str(currency), month=month)
    own, amount = Decimal(str(contracted)), Decimal(str(quantity))
    return Used(
        day=day if isinstance(day, date) else date.fromisoformat(str(day)[:10]),
        service=str(service or ""),
        sku=str(sku or ""),
        status=str(status or ""),
        commitment=str(commitment or ""),
        effective=EXACT.multiply(Decimal(str(effective)), rate),
        contracted=EXACT.multiply(own, rate),
        quantity=amount,
        price=EXACT.divide(own, amount) if amount > 0 else None,
    )

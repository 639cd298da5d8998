"""Observed: what a period's charges say of cost, price and quantity, read for a variance.

One question a period, grouped by what a variance compares; only lines know their price's identifier
and quantity row by row, so it is asked of them and not of the rollup.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from sqlglot import exp

from finops.core.amount import EXACT
from finops.core.period import BillingPeriod
from finops.dataset.read import column
from finops.dataset.rollup import CHARGES
from finops.dataset.rollup import unknown
from finops.dataset.sql import DIALECT
from finops.dataset.views import LINES
from finops.errors import RateMissing
from finops.exchange.conversion import Converter
from finops.measures import causes
from finops.measures import statement
from finops.measures.bridge import Key
from finops.measures.bridge import Observed
from finops.measures.bridge import QUANTUM

if TYPE_CHECKING:
    from finops.core.exchange_rate import ExchangeRate
    from finops.dataset import Dataset
    from finops.exchange.rule import RateRule
    from finops.measures.statement import Plan

BILLING = "billing"
_METER = "CASE WHEN SkuId IS NULL THEN SkuMeter END"
_PRICES = "coalesce(PricingQuantity, 0) <> 0"
LIST = "ListCost"
_WIDTH = len(Key._fields)


class Names(NamedTuple):
    """What a price and an account are called."""

    price: str
    account: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A period as it was read: what was charged, how it is called, and what stands behind it.

    `unknown` charges have no cost, `unpriced` ones of usage no negotiated cost; `not_held` says of
    which currencies the change of the rate is not known.
    """

    rows: tuple[Observed, ...]
    names: dict[Key, Names]
    charges: int
    unknown: int
    unpriced: int
    statement: str
    rates: tuple[ExchangeRate, ...]
    not_held: tuple[str, ...]


@dataclass
class Exchange:
    """Tells an amount at the rate of the month it is compared with, and at its own month's.

    `back` is by how many months the earlier period lies before; 0 for the earlier period itself.
    Where the earlier month has no rate the own one stands for it: nothing can have been converted
    then.
    """

    plan: Plan
    rates: tuple[ExchangeRate, ...]
    back: int
    converters: dict[RateRule, Converter] = field(default_factory=dict)
    not_held: dict[str, None] = field(default_factory=dict)

    def tell(self, amount: Decimal, currency: str, month: str) -> tuple[Decimal, Decimal]:
        """An amount at the earlier month's rate, and at its own."""
        if self.plan.currency == BILLING:
            return amount, amount
        rule = self.plan.rule
        now = self._at(rule, amount, currency, month)
        if not self.back or rule.constant:
            return now, now
        earlier = str(BillingPeriod.parse(month).plus(-self.back))
        try:
            return self._at(replace(rule, constant=earlier), amount, currency, month), now
        except RateMissing as missing:
            self.not_held[f"FX is not told apart. {missing}"] = None
            return now, now

    @property
    def used(self) -> tuple[ExchangeRate, ...]:
        """The rates that were used, each once."""
        found = (r for converter in self.converters.values() for r in converter.used.values())
        return tuple(dict.fromkeys(found))

    def _at(self, rule: RateRule, amount: Decimal, currency: str, month: str) -> Decimal:
        fresh = Converter(self.plan.currency, self.rates, rule)
        converter = self.converters.setdefault(rule, fresh)
        found = converter.convert(amount, currency=currency, month=month)
        return found.quantize(QUANTUM, context=EXACT)


def read(dataset: Dataset, plan: Plan, *, back: int = 0) -> Reading:
    """Read what a variance compares, of a dataset that is narrowed to one period.

    Raises:
        RateMissing: an amount must be converted and there is no rate for its month.
    """
    found = dataset.select(question(plan))
    exchange = Exchange(plan, dataset.rates, back)
    rows: list[Observed] = []
    names: dict[Key, Names] = {}
    counts = [0, 0, 0]
    for month, *rest in found.rows:
        key = Key(*rest[:_WIDTH])
        part = tuple(rest[_WIDTH : _WIDTH + len(plan.by)])
        counted, cost, contracted, quantity, price, account, *more = rest[_WIDTH + len(part) :]
        told = [
            exchange.tell(Decimal(raw or 0), key.currency, str(month)[:7])
            for raw in (cost, contracted)
        ]
        known = contracted is not None and not more[2]
        seen = Observed(key, told[0][0], told[1][0] if known else None)
        moved = EXACT.subtract(told[0][1], told[0][0])
        amount = quantity if counted else None
        rows.append(seen._replace(quantity=amount, exchange=moved, part=part))
        names[key] = Names(str(price or key.sku or ""), str(account or key.account or ""))
        unpriced = more[2] if key.bucket == causes.USAGE else 0
        counts = [a + int(b or 0) for a, b in zip(counts, (*more[:2], unpriced), strict=True)]
    return Reading(
        rows=tuple(rows),
        names=names,
        charges=counts[0],
        unknown=counts[1],
        unpriced=counts[2],
        statement=found.statement,
        rates=exchange.used,
        not_held=tuple(exchange.not_held),
    )


def question(plan: Plan) -> exp.Select:
    """The statement for a period: month, key, parts, whether it has a quantity; the sums."""
    (measure,) = plan.measures
    (cost,) = statement.costs(measure)
    other = LIST if cost == LIST else "ContractedCost"
    keys = [
        statement.time_of(plan),
        *_key(cost),
        *(column(dimension) for _, dimension in plan.by),
        _read(f"CASE WHEN {_PRICES} THEN 1 ELSE 0 END"),
    ]
    values = [
        measure.expression,
        measure.expression.replace(cost, other),
        "sum(PricingQuantity)",
        "max(SkuMeter)",
        "max(SubAccountName)",
        f"sum({CHARGES})",
        f"sum({unknown(cost)})",
        f"sum({unknown(other)})",
    ]
    return statement.grouped(LINES, keys, values)


def resources(plan: Plan, key: Key) -> exp.Select:
    """The statement for what each resource behind a key was charged: its month, id and name."""
    (measure,) = plan.measures
    (cost,) = statement.costs(measure)
    keys = [statement.time_of(plan), column("ResourceId")]
    found = statement.grouped(LINES, keys, [measure.expression, "max(ResourceName)"])
    for expression, value in zip(_key(cost), key, strict=True):
        same: exp.Condition = exp.Is(this=expression, expression=exp.Null())
        if value is not None:
            same = exp.EQ(this=expression, expression=exp.Literal.string(value))
        found = found.where(same)
    return found


def _key(cost: str) -> list[exp.Condition]:
    """The expressions of a key's fields, in their order."""
    plain = ("RegionId", "SubAccountId", "PricingUnit", statement.CURRENCY)
    first = (_read(causes.bucket(cost)), column("ServiceName"), column("SkuId"), _read(_METER))
    return [*first, *map(column, plain)]


def _read(text: str) -> exp.Condition:
    return exp.maybe_parse(text, into=exp.Condition, dialect=DIALECT)

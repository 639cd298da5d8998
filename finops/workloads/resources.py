"""Resources as the bill knows them: what each used in the last 30 days, and what that cost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.core.resource_id import key_of
from finops.core.scope import Scope
from finops.dataset.read import column
from finops.dataset.read import EXTRA
from finops.dataset.sql import DIALECT
from finops.dataset.sql import parse
from finops.exchange.conversion import Converter
from finops.measures.query import reporting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.dataset import Dataset
    from finops.ingestion.inventory import Known

DAYS = 30
_SATURDAY = 5


class Window(NamedTuple):
    """The days that are looked at, the end exclusive."""

    start: date
    end: date

    @property
    def weekend(self) -> tuple[date, ...]:
        """Its Saturdays and Sundays."""
        days = (self.start + timedelta(days=n) for n in range((self.end - self.start).days))
        return tuple(day for day in days if day.weekday() >= _SATURDAY)


class Meter(NamedTuple):
    """What a resource used of one price: quantity, and cost in the report's currency.

    `cash` is the effective cost that no commitment covers; `covered` what the rest costs at the
    contracted price. `weekend` is the quantity of Saturdays and Sundays.
    """

    text: str
    service: str
    unit: str
    quantity: Decimal
    weekend: Decimal
    effective: Decimal
    cash: Decimal
    covered: Decimal
    listed: Decimal

    @property
    def gross(self) -> Decimal:
        """What it would cost without a commitment."""
        return self.cash + self.covered


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One resource with everything that is known of it."""

    id: str
    name: str
    provider: str
    account: str
    region: str
    zone: str
    team: str
    environment: str
    first: date
    last: date
    meters: tuple[Meter, ...]
    said: Mapping[tuple[str, str], Known] = field(default_factory=dict)

    @property
    def effective(self) -> Decimal:
        """Its effective cost."""
        return total(one.effective for one in self.meters)


@dataclass(frozen=True, kw_only=True)
class Estate:
    """All resources of the last 30 days, in one currency."""

    window: Window
    currency: str
    resources: tuple[Resource, ...]


_TEXT = "coalesce(SkuMeter, '') || ' ' || coalesce({usage}, '') || ' ' || {described}"
_COLUMNS = """ResourceId, coalesce(ServiceProviderName, ProviderName), SubAccountId, RegionId,
  BillingCurrency, ServiceName, lower({text}), PricingUnit, x_BillingMonth"""
_QUESTION = """
SELECT {columns},
  max(ResourceName), max(AvailabilityZone), max(x_Team), max(x_Environment),
  min(x_ChargeDay), max(x_ChargeDay),
  sum(coalesce(PricingQuantity, 0)),
  sum(CASE WHEN x_ChargeDay IN ({weekend}) THEN coalesce(PricingQuantity, 0) ELSE 0 END),
  sum(coalesce(EffectiveCost, 0)),
  sum(CASE WHEN CommitmentDiscountStatus = 'Used' THEN 0 ELSE coalesce(EffectiveCost, 0) END),
  sum(CASE WHEN CommitmentDiscountStatus = 'Used' THEN coalesce(ContractedCost, 0) ELSE 0 END),
  sum(coalesce(ListCost, 0))
FROM lines
WHERE ChargeCategory = 'Usage' AND ResourceId <> ''
  AND coalesce(CommitmentDiscountStatus, '') <> 'Unused'
GROUP BY {columns}
"""
_FIRST = """
SELECT ResourceId, min(x_ChargeDay) FROM lines
WHERE lower({text}) LIKE '%snapshot%' AND ResourceId <> '' GROUP BY ResourceId
"""


def estate(dataset: Dataset, known: Iterable[Known], *, today: date) -> Estate:
    """What every resource used and cost in the last 30 complete days that the bill has.

    Raises:
        RateMissing: an amount must be converted and there is no rate for its month.
    """
    window = window_of(dataset, today)
    currency = reporting(dataset)
    convert = Converter(currency, dataset.rates)
    described = "coalesce(ChargeDescription, '')"
    usage = column(EXTRA + "x_UsageType").sql(DIALECT)
    text = _TEXT.format(usage=usage, described=described)
    weekend = ", ".join(f"CAST('{day}' AS DATE)" for day in window.weekend)
    asked = _QUESTION.format(columns=_COLUMNS.format(text=text), weekend=weekend)
    here = dataset.within(Scope(start=window.start, end=window.end, axis=Axis.CHARGE))
    groups: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in here.select(parse(asked)).rows:
        groups[str(row[0])].append(row)
    first = {row[0]: row[1] for row in dataset.select(parse(_FIRST.format(text=text))).rows}
    said = _said(known)
    found = (
        _resource(rows, convert, first.get(rows[0][0]), said.get(key_of(name), {}))
        for name, rows in sorted(groups.items())
    )
    return Estate(window=window, currency=currency, resources=tuple(found))


def window_of(dataset: Dataset, today: date) -> Window:
    """The last 30 days that the bill has, none of them after yesterday."""
    ends = [date.fromisoformat(p.end_day) for p in dataset.snapshot.charges if p.end_day]
    end = min(max(ends, default=today), today)
    return Window(end - timedelta(days=DAYS), end)


def _said(known: Iterable[Known]) -> dict[str, dict[tuple[str, str], Known]]:
    """What is known of each resource, by kind and name."""
    found: dict[str, dict[tuple[str, str], Known]] = defaultdict(dict)
    for one in known:
        found[key_of(one.item.resource)][one.item.kind, one.item.name] = one
    return found


def _resource(
    rows: Sequence[tuple[object, ...]],
    convert: Converter,
    first: object,
    said: Mapping[tuple[str, str], Known],
) -> Resource:
    """One resource from its rows; what several say alike is told once, the last of them."""
    row = rows[-1]
    return Resource(
        id=str(row[0]),
        name=_text(row[9]),
        provider=_text(row[1]),
        account=_text(row[2]),
        region=_text(row[3]),
        zone=_text(row[10]),
        team=_text(row[11]),
        environment=_text(row[12]),
        first=first if isinstance(first, date) else min(_day(one[13]) for one in rows),
        last=max(_day(one[14]) for one in rows),
        meters=_meters(rows, convert),
        said=said,
    )


def _meters(rows: Sequence[tuple[object, ...]], convert: Converter) -> tuple[Meter, ...]:
    found: dict[tuple[str, str, str], list[Decimal]] = {}
    for row in rows:
        place = (_text(row[6]), _text(row[5]), _text(row[7]))
        currency, month = _text(row[4]), str(BillingPeriod.parse(_text(row[8])))
        costs = [convert.convert(_number(n), currency=currency, month=month) for n in row[17:21]]
        numbers = [_number(row[15]), _number(row[16]), *costs]
        former = found.get(place, [Decimal(0)] * len(numbers))
        found[place] = [a + b for a, b in zip(former, numbers, strict=True)]
    return tuple(Meter(*place, *numbers) for place, numbers in sorted(found.items()))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value or 0))


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])

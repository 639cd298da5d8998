"""Variance: why a period cost more or less than the one before it, in steps that sum exactly.

The formulas are domain.md 9, in `bridge`; what is read is in `observed`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import shortest
from finops.core.amount import total
from finops.core.measure import Unit
from finops.errors import UsageError
from finops.exchange.conversion import told
from finops.measures import observed
from finops.measures.bridge import bridge
from finops.measures.bridge import Terms
from finops.measures.causes import Cause
from finops.measures.query import planned
from finops.measures.receipt import Receipt
from finops.measures.window import former
from finops.measures.window import window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.dataset import Dataset
    from finops.measures.bridge import Contribution
    from finops.measures.bridge import Driver
    from finops.measures.bridge import Key
    from finops.measures.bridge import Observed
    from finops.measures.observed import Names
    from finops.measures.observed import Reading
    from finops.measures.query import Query
    from finops.measures.statement import Plan
    from finops.measures.window import Window


class Step(NamedTuple):
    """One cause and what it makes of the difference."""

    cause: Cause
    amount: Decimal


class Part(NamedTuple):
    """One value of what a variance is told by, explained by itself; its steps add up."""

    values: tuple[object, ...]
    start: Decimal
    end: Decimal
    steps: tuple[Step, ...]


class Resource(NamedTuple):
    """A resource behind a contribution, and what it cost in both periods."""

    id: str
    name: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, kw_only=True)
class Variance:
    """From `start` in the period before to `end` in the period after, in one currency.

    The contributions add up to the difference to the last digit; `names` say what their prices and
    accounts are called, `notes` what is not known. Each of `parts` is explained by itself, so its
    steps add up to its own difference and not, step by step, to the whole's.
    """

    measure: str
    currency: str
    before: Window
    after: Window
    start: Decimal
    end: Decimal
    contributions: tuple[Contribution, ...]
    names: dict[Key, Names]
    notes: tuple[str, ...]
    receipt: Receipt
    parts: tuple[Part, ...] = ()

    @property
    def change(self) -> Decimal:
        """How much more the later period cost."""
        return EXACT.subtract(self.end, self.start)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The causes that there are, in their order; their amounts add up to the change."""
        return _steps(self.contributions)

    def behind(self, cause: Cause) -> tuple[Contribution, ...]:
        """What contributes to a step, the largest first."""
        mine = (part for part in self.contributions if part.cause is cause)
        return tuple(sorted(mine, key=lambda part: -abs(part.amount)))


def explain(
    dataset: Dataset,
    query: Query,
    *,
    before: Window | None = None,
    driver: Driver | None = None,
) -> Variance:
    """Why the period of a query cost more or less than the one before.

    The query names one measure of money and a period; `by` is what parts are told of. `grain` does
    not matter.

    Raises:
        UsageError: there is no period, not one measure of money, or no one currency.
        RateMissing: a conversion is needed and there is no rate.
    """
    after = window(query)
    before = before or former(after)
    if driver and driver.before <= 0:
        message = f"The driver {driver.name} is not above zero in the period before."
        raise UsageError(message, remedy="Leave it out: volume is then told as a whole.")
    back = after.months_since(before)
    plan, old = _read(dataset, query, before, 0)
    _, new = _read(dataset, query, after, back)
    _refuse_mixed(plan, (old, new))
    terms = Terms((before.days, after.days), driver)
    return Variance(
        measure=plan.measures[0].name,
        currency=_currency(plan, (old, new)),
        before=before,
        after=after,
        start=_sum(old.rows),
        end=_sum(new.rows),
        contributions=bridge(old.rows, new.rows, terms),
        names=old.names | new.names,
        notes=_notes(plan, old, new),
        receipt=_receipt(dataset, plan, old, new),
        parts=_parts(old, new, terms) if query.by else (),
    )


def resources(dataset: Dataset, query: Query, found: Variance, key: Key) -> tuple[Resource, ...]:
    """The resources behind a contribution of a variance, the largest change first.

    A charge without a resource is told under an empty id.
    """
    sides: list[dict[str, Decimal]] = [defaultdict(Decimal), defaultdict(Decimal)]
    names: dict[str, str] = {}
    for side, days in zip(sides, (found.before, found.after), strict=True):
        narrowed, plan = planned(dataset, _at(replace(query, by=()), days))
        exchange = observed.Exchange(plan, dataset.rates, 0)
        for month, resource, cost, name in narrowed.select(observed.resources(plan, key)).rows:
            amount = exchange.tell(Decimal(cost or 0), key.currency, str(month)[:7])[1]
            side[str(resource or "")] = EXACT.add(side[str(resource or "")], amount)
            names[str(resource or "")] = str(name or resource or "")
    rows = [Resource(one, names[one], sides[0][one], sides[1][one]) for one in sorted(names)]
    return tuple(sorted(rows, key=lambda row: -abs(EXACT.subtract(row.after, row.before))))


def _steps(contributions: tuple[Contribution, ...]) -> tuple[Step, ...]:
    sums: dict[Cause, Decimal] = defaultdict(Decimal)
    for part in contributions:
        sums[part.cause] = EXACT.add(sums[part.cause], part.amount)
    return tuple(Step(cause, shortest(sums[cause])) for cause in Cause if cause in sums)


def _parts(old: Reading, new: Reading, terms: Terms) -> tuple[Part, ...]:
    found: dict[tuple[object, ...], tuple[list[Observed], list[Observed]]] = {}
    for side, reading in enumerate((old, new)):
        for row in reading.rows:
            found.setdefault(row.part, ([], []))[side].append(row)
    return tuple(
        Part(values, _sum(a), _sum(b), _steps(bridge(a, b, terms)))
        for values, (a, b) in sorted(found.items(), key=lambda part: _text(part[0]))
    )


def _text(values: tuple[object, ...]) -> list[tuple[bool, str]]:
    return [(value is None, str(value or "")) for value in values]


def _at(query: Query, days: Window) -> Query:
    return replace(query, start=days.start, end=days.end, period=None, grain=None)


def _read(dataset: Dataset, query: Query, days: Window, back: int) -> tuple[Plan, Reading]:
    narrowed, plan = planned(dataset, _at(query, days))
    if len(plan.measures) > 1 or plan.measures[0].unit is not Unit.MONEY:
        message = "A variance is told of one measure of money."
        raise UsageError(message, remedy="Ask for EffectiveCost or BilledCost by itself.")
    return plan, observed.read(narrowed, plan, back=back)


def _refuse_mixed(plan: Plan, readings: tuple[Reading, Reading]) -> None:
    if plan.currency == observed.BILLING and len(_currencies(readings)) > 1:
        message = "Amounts in several currencies do not add."
        raise UsageError(message, remedy="Name one with --currency, or --where BillingCurrency=….")


def _currencies(readings: tuple[Reading, Reading]) -> set[str]:
    return {row.key.currency for reading in readings for row in reading.rows}


def _currency(plan: Plan, readings: tuple[Reading, Reading]) -> str:
    return (
        max(_currencies(readings) or {""}) if plan.currency == observed.BILLING else plan.currency
    )


def _sum(rows: Iterable[Observed]) -> Decimal:
    return shortest(total(EXACT.add(row.cost, row.exchange) for row in rows))


def _notes(plan: Plan, old: Reading, new: Reading) -> tuple[str, ...]:
    """What is not known, and what is therefore told otherwise."""
    found = list(new.not_held)
    if unknown := old.unknown + new.unknown:
        found.append(f"{unknown:,} charges have no {plan.measures[0].name}.")
    if unpriced := old.unpriced + new.unpriced:
        found.append(
            f"{unpriced:,} charges of usage have no negotiated cost: what commitments changed is "
            "told with their price."
        )
    if flips := _flipped(old, new):
        found.append(f"{flips:,} prices have another unit than before: told as retired and new.")
    return tuple(found)


def _flipped(old: Reading, new: Reading) -> int:
    """How many prices are only in one unit before, and only in another after."""
    sides = [{row.key for row in reading.rows if row.quantity} for reading in (old, new)]
    gone, came = ({key._replace(unit=None) for key in a - b} for a, b in (sides, sides[::-1]))
    return len(gone & came)


def _receipt(dataset: Dataset, plan: Plan, old: Reading, new: Reading) -> Receipt:
    parts = dataset.snapshot.charges
    rates = tuple(dict.fromkeys(told(rate) for rate in (*old.rates, *new.rates)))
    return Receipt(
        snapshot=dataset.snapshot.id,
        imports=tuple(sorted({part.import_id for part in parts})),
        charges=old.charges + new.charges,
        sql=(old.statement, new.statement),
        rates=rates,
        rate_rule=plan.rule.told if rates else "",
        data_through=max((part.end_day for part in parts), default=""),
    )

"""Fold: the engine's rows become the answer's, each amount told in the answer's currency."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.core.amount import shortest
from finops.core.measure import Unit
from finops.errors import UsageError
from finops.exchange.conversion import Converter
from finops.exchange.conversion import told
from finops.focus.columns import UNALLOCATED
from finops.measures import statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.core.fiscal import FiscalCalendar
    from finops.core.measure import Measure
    from finops.dataset import Dataset
    from finops.measures.statement import Plan

Key = tuple[object, ...]
Value = Decimal | int | None
_BILLING = "billing"


@dataclass(frozen=True, kw_only=True)
class Folded:
    """The rows of an answer with their totals, and what the receipt says of them."""

    rows: tuple[tuple[object, ...], ...]
    total: dict[str, Decimal | None]
    charges: int
    unknown: tuple[tuple[str, int], ...]
    rates: tuple[str, ...]
    statements: tuple[str, ...]


def fold(dataset: Dataset, plan: Plan) -> Folded:
    """Ask the statements of a plan and fold their rows.

    Raises:
        RateMissing: an amount must be converted and there is no rate for its month.
    """
    label = _label(plan, dataset.organization.fiscal_calendar)
    converter = _converter(dataset, plan)
    found = dataset.select(statement.sums(dataset, plan))
    rows: dict[Key, dict[str, Value]] = defaultdict(dict)
    totals: dict[str, Value] = {}
    counts: dict[str, int] = defaultdict(int)
    currencies: set[object] = set()
    for time, currency, *rest in found.rows:
        key = (*label(time), *rest[: len(plan.by)])
        values = rest[len(plan.by) :]
        currencies.add(currency)
        for measure, raw in zip(plan.sums, values, strict=False):
            value = _told(raw, measure.unit, converter, str(currency), _month(time))
            _add(rows[key], measure.name, value)
            _add(totals, measure.name, value)
        rows[key].setdefault("", None)
        for name, count in zip(("", *plan.costs), values[len(plan.sums) :], strict=True):
            counts[name] += int(count or 0)
    statements = [found.statement]
    if plan.distinct:
        statements += _count(dataset, plan, label, rows, totals)
    _add_unallocated(dataset, plan, rows)
    mixed = converter is None and len(currencies) > 1
    return Folded(
        rows=_sorted(plan, rows),
        total={m.name: _total(m, totals, counts, mixed=mixed) for m in plan.measures},
        charges=counts.pop("", 0),
        unknown=tuple((name, count) for name, count in counts.items() if count),
        rates=_rates(converter),
        statements=tuple(statements),
    )


def _told(raw: Value, unit: Unit, converter: Converter | None, currency: str, month: str) -> Value:
    if raw is None or unit is not Unit.MONEY or converter is None:
        return raw
    return converter.convert(Decimal(raw), currency=currency, month=month)


def _add(values: dict[str, Value], name: str, value: Value) -> None:
    before = values.get(name)
    if before is None or value is None:
        values[name] = before if value is None else value
    else:
        values[name] = EXACT.add(Decimal(before), Decimal(value))


def _count(
    dataset: Dataset,
    plan: Plan,
    label: Callable[[object], Key],
    rows: dict[Key, dict[str, Value]],
    totals: dict[str, Value],
) -> list[str]:
    if plan.grain and plan.grain.startswith("fiscal"):
        message = f"{plan.distinct[0].name} cannot be told by {plan.grain}."
        raise UsageError(message, remedy="Ask by day or month, or for one period at a time.")
    by_key = dataset.select(statement.distinct(plan))
    whole = dataset.select(statement.distinct(plan, total=True))
    width = len(plan.by)
    for row in by_key.rows:
        time, rest = (label(row[0]), row[1:]) if plan.grain else ((), row)
        for measure, value in zip(plan.distinct, rest[width:], strict=True):
            rows[(*time, *rest[:width])][measure.name] = value
    for measure, value in zip(plan.distinct, whole.rows[0], strict=True):
        totals[measure.name] = value
    return [by_key.statement, whole.statement]


def _add_unallocated(dataset: Dataset, plan: Plan, rows: dict[Key, dict[str, Value]]) -> None:
    """Show what nobody owns as a row of its own, even when that is nothing.

    Where other dimensions or times are told too, there is such a row for each of these.
    """
    first = 1 if plan.grain else 0
    own = {
        place
        for place, (_, dimension) in enumerate(plan.by, start=first)
        if dimension in dataset.own_dimensions
    }
    if not own:
        return
    width = first + len(plan.by)
    for key in list(rows) or [(UNALLOCATED,) * width] * (len(own) == width):
        nobody = tuple(UNALLOCATED if n in own else part for n, part in enumerate(key))
        rows.setdefault(nobody, {m.name: Decimal(0) for m in plan.measures})


def _sorted(plan: Plan, rows: dict[Key, dict[str, Value]]) -> tuple[tuple[object, ...], ...]:
    keyed = plan.by or plan.grain
    if not keyed:
        return tuple((*key, *_values(plan, values)) for key, values in rows.items())
    order = sorted(rows, key=lambda key: [(part is None, str(part or "")) for part in key])
    return tuple((*key, *_values(plan, rows[key])) for key in order)


def _values(plan: Plan, values: dict[str, Value]) -> tuple[object, ...]:
    return tuple(_value(values.get(m.name), m.unit) for m in plan.measures)


def _value(value: Value, unit: Unit) -> object:
    if value is None:
        return 0 if unit is Unit.COUNT else None
    return int(value) if unit is Unit.COUNT else shortest(Decimal(value))


def _total(
    measure: Measure, totals: dict[str, Value], counts: dict[str, int], *, mixed: bool
) -> Decimal | None:
    """The sum of all rows; none where it would add currencies or units, or nothing is known."""
    money = measure.unit is Unit.MONEY
    charges = counts.get("", 0)
    unknown = charges and any(counts.get(cost) == charges for cost in statement.costs(measure))
    if measure.unit is Unit.QUANTITY or (money and (mixed or unknown)):
        return None
    return shortest(Decimal(totals.get(measure.name) or 0))


def _label(plan: Plan, calendar: FiscalCalendar) -> Callable[[object], Key]:
    """How the time of a row is called in the answer; without a grain it is not."""
    if plan.grain is None:
        return lambda _time: ()
    if plan.grain == "day":
        return lambda time: (_day(time).isoformat(),)
    if plan.grain == "month":
        return lambda time: (_month(time),)
    named = {"fiscal_period": "label", "fiscal_quarter": "quarter", "fiscal_year": "year"}
    form = named[plan.grain]
    return lambda time: (_fiscal(calendar, _day(time), form),)


def _fiscal(calendar: FiscalCalendar, day: date, form: str) -> str:
    period = calendar.period_of(day)
    year = f"FY{period.year % 100:02}"
    if form == "year":
        return year
    return f"{year} Q{period.quarter}" if form == "quarter" else period.label


def _day(time: object) -> date:
    return time if isinstance(time, date) else date.fromisoformat(f"{time}-01")


def _month(time: object) -> str:
    return f"{time:%Y-%m}" if isinstance(time, date) else str(time)


def _converter(dataset: Dataset, plan: Plan) -> Converter | None:
    """What tells amounts in the answer's currency; nothing where each keeps its own."""
    if plan.currency == _BILLING:
        return None
    return Converter(plan.currency, dataset.rates, plan.rule)


def _rates(converter: Converter | None) -> tuple[str, ...]:
    """The rates that were used, each once, by month."""
    used = sorted(converter.used.items()) if converter else ()
    return tuple(dict.fromkeys(told(rate) for _, rate in used))

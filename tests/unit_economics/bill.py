"""A product small enough to add up by hand: its charges, its units and what they earned."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.exchange.conversion import Converter
from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.unit_economics.costs import Costs

if TYPE_CHECKING:
    from finops.ingestion.metric_gaps import Series

SHOP = ("shop", "orders")
START, DAYS = date(2026, 9, 1), 61
D = Decimal
TO = Converter("USD", ())


def every_day(first: date = START, count: int = DAYS) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def costs(amount: str = "100", through: date = date(2026, 11, 1)) -> Costs:
    """The same every day of September and October; 50 a month more that is no usage."""
    usage = {day: D(amount) for day in every_day() if day < through}
    days = {day: n + (50 if day.day == 1 else 0) for day, n in usage.items()}
    return Costs(currency="USD", days={"shop": days}, usage={"shop": usage}, through=through)


def units(segment: str, amount: str, *, without: tuple[date, ...] = ()) -> list[Metric]:
    """So many orders of a segment on every day but some."""
    return [
        Metric(day=day, product="shop", segment=segment, unit="orders", amount=D(amount),
               kind=Kind.UNITS)
        for day in every_day()
        if day not in without
    ]  # fmt: skip


def monthly(segment: str, amount: str, kind: Kind, currency: str = "USD") -> list[Metric]:
    """A figure of each of the two months."""
    return [
        Metric(day=date(2026, month, 1), product="shop", segment=segment, unit="orders",
               amount=D(amount), kind=kind, currency=currency, grain=Grain.MONTH)
        for month in (9, 10)
    ]  # fmt: skip


def told(*metrics: list[Metric], until: date = date(2026, 11, 1)) -> tuple[Series, ...]:
    return series([one for some in metrics for one in some], until=until)

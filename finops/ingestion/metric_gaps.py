"""Metric gaps: how far each business metric reaches, and the days or months it says nothing of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.ingestion.metrics import ADDS
from finops.ingestion.metrics import Grain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from finops.ingestion.metrics import Kind
    from finops.ingestion.metrics import Metric

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Series:
    """All figures of one product, segment, kind, unit, currency and grain, the earliest first.

    `missing` are the days (the first days of months) without a figure, from the first figure to
    the last or to where the costs reach; `late` is how many of them come after the last figure.
    """

    product: str
    segment: str
    kind: Kind
    unit: str
    currency: str
    grain: Grain
    figures: tuple[tuple[date, Decimal], ...]
    missing: tuple[date, ...]

    @property
    def first(self) -> date:
        """The day, or first day of the month, of the first figure."""
        return self.figures[0][0]

    @property
    def last(self) -> date:
        """The day, or first day of the month, of the last figure."""
        return self.figures[-1][0]

    @property
    def late(self) -> int:
        """How many days or months are missing after the last figure."""
        return sum(day > self.last for day in self.missing)

    def by_month(self) -> tuple[tuple[BillingPeriod, Decimal], ...]:
        """What it comes to in each month of which it says anything; a gap adds nothing.

        A price or an outcome does not add up: its last figure of the month is told.
        """
        months: dict[BillingPeriod, list[Decimal]] = defaultdict(list)
        for day, amount in self.figures:
            months[BillingPeriod.of(day)].append(amount)
        adds = self.kind in ADDS
        return tuple(
            (month, total(amounts) if adds else amounts[-1])
            for month, amounts in sorted(months.items())
        )


def series(metrics: Iterable[Metric], *, until: date | None = None) -> tuple[Series, ...]:
    """The metrics as series, by product and segment.

    `until` is the day after the last whose figures are due; a month is due once it has ended.
    """
    found: dict[tuple[str, str, Kind, str, str, Grain], list[Metric]] = defaultdict(list)
    for one in metrics:
        name = (one.product, one.segment, one.kind, one.unit, one.currency, one.grain)
        found[name].append(one)
    return tuple(
        _series(sorted(of_name, key=lambda one: one.day), until)
        for _, of_name in sorted(found.items())
    )


def _series(metrics: list[Metric], until: date | None) -> Series:
    one, known = metrics[0], {metric.day for metric in metrics}
    end = max(metrics[-1].day + _DAY, until or metrics[-1].day)
    due = _due(one.day, end, one.grain)
    return Series(
        product=one.product,
        segment=one.segment,
        kind=one.kind,
        unit=one.unit,
        currency=one.currency,
        grain=one.grain,
        figures=tuple((metric.day, metric.amount) for metric in metrics),
        missing=tuple(day for day in due if day not in known),
    )


def _due(start: date, end: date, grain: Grain) -> Iterator[date]:
    """Every day, or the first day of every month that ends, from the start to before the end."""
    if grain is Grain.DAY:
        for place in range((end - start).days):
            yield start + place * _DAY
        return
    month = BillingPeriod.of(start)
    while month.end <= end or month.start == start:
        yield month.start
        month = month.plus(1)

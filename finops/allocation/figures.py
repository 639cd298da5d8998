"""Figures: how much each segment used in a period, as the weights of shared costs."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finops.ingestion.metrics import Metric
    from finops.measures.window import Window

Figures = dict[tuple[str, str], dict[str, Decimal]]


def figures(metrics: Iterable[Metric], days: Window) -> Figures:
    """Usage figures of the days by (unit, product) and segment; product "" adds up all products.

    Where a segment has a figure of a month, the days of that month are not added to it.
    """
    used = [m for m in metrics if m.kind is Kind.USAGE and days.start <= m.day < days.end]
    whole = {_place(m) for m in used if m.grain is Grain.MONTH}
    found: Figures = defaultdict(lambda: defaultdict(Decimal))
    for metric in used:
        if metric.grain is Grain.DAY and _place(metric) in whole:
            continue
        for product in {metric.product, ""}:
            segments = found[metric.unit, product]
            segments[metric.segment] = EXACT.add(segments[metric.segment], metric.amount)
    return {key: dict(segments) for key, segments in found.items()}


def _place(metric: Metric) -> tuple[str, str, str, str]:
    return metric.unit, metric.product, metric.segment, f"{metric.day:%Y-%m}"

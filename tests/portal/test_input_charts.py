"""Charts of business metrics."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.ingestion.metric_gaps import series
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.portal import input_charts

ORDERS = series(
    [
        Metric(
            day=date(2026, month, 1),
            product="p",
            segment=segment,
            unit="orders",
            amount=Decimal(1000 * month),
            kind=Kind.UNITS,
        )
        for month in (9, 10)
        for segment in ("web", "app")
    ]
)


def test_each_segment_is_a_line_told_by_color_and_dash() -> None:
    chart = input_charts.by_month(ORDERS, "p: orders", "orders")
    assert [line.name for line in chart.figure.data] == ["app", "web"]
    assert len({(line.line.color, line.line.dash) for line in chart.figure.data}) == 2
    assert chart.alt == (
        "p: orders by month: app 10,000 in October 2026, web 10,000 in October 2026."
    )
    assert input_charts.by_month((), "p", "u").empty

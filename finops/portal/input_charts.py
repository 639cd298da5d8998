"""Charts of business metrics: what each segment comes to in each month, one line a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from finops.portal import formats
from finops.portal.charts import BLUE
from finops.portal.charts import Chart
from finops.portal.charts import GRAY
from finops.portal.charts import GREEN
from finops.portal.charts import PURPLE
from finops.portal.charts import VERMILLION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.ingestion.metric_gaps import Series

_LINES = ((BLUE, "solid"), (VERMILLION, "dash"), (GREEN, "dot"), (PURPLE, "dashdot"))
"""A color and a dash for each of the first segments, so that color is never the only cue."""


def by_month(found: Sequence[Series], name: str, unit: str) -> Chart:
    """What each segment of one metric comes to in each month."""
    figure = go.Figure()
    told = []
    for place, one in enumerate(found):
        color, dash = _LINES[place] if place < len(_LINES) else (GRAY, "solid")
        months = one.by_month()
        figure.add_scatter(
            x=[month.start for month, _ in months],
            y=[float(amount) for _, amount in months],
            name=one.segment or name, mode="lines+markers",
            line={"color": color, "dash": dash, "width": 2}, marker={"size": 5},
        )  # fmt: skip
        last, amount = months[-1]
        told.append(f"{one.segment or name} {amount:,f} in {formats.month(last)}")
    figure.update_layout(
        height=300, margin={"l": 8, "r": 8, "t": 8, "b": 18}, hovermode="x unified",
        separators=formats.separators(), showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"type": "date", "hoverformat": "%B %Y", "tickformat": "%b %Y"},
        yaxis={"title": {"text": unit}, "rangemode": "tozero"},
    )  # fmt: skip
    return Chart(figure, f"{name} by month: {', '.join(told)}.", empty=not found)

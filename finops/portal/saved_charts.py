"""Chart of savings: the funnel from what was identified to what is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from finops.portal import charts
from finops.portal import saved
from finops.portal.charts import BLUE
from finops.portal.charts import Chart

if TYPE_CHECKING:
    from finops.savings.report import Report

_ROW, _FRAME = 34, 56
_ROOM = 1.4


def funnel(told: Report) -> Chart:
    """What the savings of each stage are worth in 30 days, the first stage at the top."""
    stages = told.funnel
    names = [f"{one.state.value.capitalize()} ({one.many})" for one in stages]
    text = [saved.money(one.amount, told.currency) for one in stages]
    figure = go.Figure(
        go.Bar(
            x=[float(one.amount) for one in stages], y=list(range(len(stages))),
            orientation="h", text=text, textposition="outside", cliponaxis=False,
            hoverinfo="skip", marker={"color": BLUE},
        )
    )  # fmt: skip
    most = max((float(one.amount) for one in stages), default=0.0) or 1.0
    figure.update_layout(**charts.layout(_FRAME + _ROW * len(stages)))
    figure.update_layout(
        yaxis=charts.named_axis(names),
        xaxis={"title": {"text": f"{told.currency} in 30 days"}, "range": [0, most * _ROOM]},
        showlegend=False,
    )
    pairs = ", ".join(f"{name} {value}" for name, value in zip(names, text, strict=True))
    alt = f"Savings that came at least so far, in {told.currency} of 30 days: {pairs}."
    return Chart(figure, alt, empty=not told.savings)

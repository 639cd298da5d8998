"""Charts of the worklist: what there is to do, by kind or by team, as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from finops.portal import charts
from finops.portal import works
from finops.portal.charts import BLUE
from finops.portal.charts import Chart
from finops.portal.charts import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.workloads.worklist import Worklist

_MOST = 10
_ROW, _FRAME = 34, 56
_ROOM = 1.3


def worth(groups: Sequence[tuple[str, Decimal, int]], told: Worklist, by: str) -> Chart:
    """What each group's things are worth now, the largest at the top."""
    shown = [group for group in groups if group[1] > 0][:_MOST]
    names = [plain(name) for name, _, _ in shown]
    text = [works.money(amount, told) for _, amount, _ in shown]
    figure = go.Figure(
        go.Bar(
            x=[float(amount) for _, amount, _ in shown], y=list(range(len(shown))),
            orientation="h", text=text, textposition="outside", cliponaxis=False,
            hoverinfo="skip", marker={"color": BLUE},
        )
    )  # fmt: skip
    most = max((float(amount) for _, amount, _ in shown), default=1.0)
    figure.update_layout(**charts.layout(_FRAME + _ROW * len(shown)))
    figure.update_layout(
        yaxis=charts.named_axis(names),
        xaxis={"title": {"text": f"{told.currency} in 30 days"}, "range": [0, most * _ROOM]},
        showlegend=False,
    )
    pairs = ", ".join(f"{name} {value}" for name, value in zip(names, text, strict=True))
    alt = f"What there is to do by {by.lower()}, in {told.currency} of 30 days: "
    return Chart(figure, f"{alt}{pairs or 'nothing'}.", empty=not shown)

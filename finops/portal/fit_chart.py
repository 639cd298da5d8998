"""Fit chart: the days a cost model was fitted to, its line, and volumes that were never seen."""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from finops.core.amount import total
from finops.portal import charts
from finops.portal import formats
from finops.portal import units
from finops.portal.charts import BLUE
from finops.portal.charts import Chart
from finops.portal.charts import GRAY
from finops.portal.charts import VERMILLION
from finops.unit_economics.model import Method

if TYPE_CHECKING:
    from decimal import Decimal

    from finops.unit_economics.prepared import Prepared

_HEIGHT = 300
_ROOM = 0.15
_BAND = "rgba(0, 114, 178, 0.16)"
_UNSEEN = "rgba(122, 133, 145, 0.16)"


class Line(NamedTuple):
    """A line through the middle of the days, and the steepest and flattest that it may be."""

    units: float
    cost: float
    slopes: tuple[float, float, float]

    def at(self, units: float, slope: int) -> float:
        """What so many units cost by the line, or by its lower or upper bound."""
        return self.cost + self.slopes[slope] * (units - self.units)


def fit(found: Prepared, volume: Decimal) -> Chart:
    """Cost over volume by day (or month), the fitted line with its interval, and where it is.

    Volumes that were never seen are shaded; `volume` is what the levers ask for, of one day (or
    month). Empty where nothing was fitted.
    """
    model, now = found.model, found.now
    seen = [float(point.units) for point in model.points]
    if not (seen and model.known):
        return Chart(go.Figure(), "No line is fitted.", empty=True)
    line = _line(found)
    ends = _ends(seen, float(volume))
    figure = go.Figure()
    figure.add_scatter(
        x=[*ends, *ends[::-1]],
        y=[*(line.at(x, 0) for x in ends), *(line.at(x, 2) for x in ends[::-1])],
        fill="toself", fillcolor=_BAND, line={"width": 0}, hoverinfo="skip", name="95 % interval",
    )  # fmt: skip
    figure.add_scatter(
        x=seen, y=[float(point.cost) for point in model.points], mode="markers",
        marker={"color": GRAY, "size": 5}, hoverinfo="skip", name="Seen",
    )  # fmt: skip
    figure.add_scatter(
        x=list(ends), y=[line.at(x, 1) for x in ends], mode="lines", hoverinfo="skip",
        line={"color": BLUE, "width": 2.5}, name="Line",
    )  # fmt: skip
    for low, high in ((ends[0], min(seen)), (max(seen), ends[1])):
        figure.add_vrect(x0=low, x1=high, fillcolor=_UNSEEN, line_width=0, layer="below")
    figure.add_vline(x=float(volume), line={"color": VERMILLION, "width": 2, "dash": "dot"})
    span = "day" if model.method is not Method.MONTHLY else "month"
    figure.update_layout(**_frame(f"{charts.plain(now.unit)} a {span}", now.currency, ends))
    beyond = "; beyond what was seen" if model.outside(volume) else ""
    explained = "" if model.fit is None else f" Volume explains {formats.percent(model.fit)}."
    said = (
        f"Cost of a {span} over its {now.unit}: {len(seen)} {span}s from "
        f"{formats.count(round(min(seen)))} to {formats.count(round(max(seen)))}, one more costs "
        f"{units.money(model.variable, now.currency)}; the levers ask for "
        f"{formats.count(round(volume))}{beyond}.{explained}"
    )
    return Chart(figure, said)


def _line(found: Prepared) -> Line:
    """The model's line through the middle of what was seen."""
    model, count = found.model, len(found.model.points)
    middle = total(point.units for point in model.points) / count
    cost = total(point.cost for point in model.points) / count
    slopes = (float(model.low), float(model.variable), float(model.high))
    return Line(float(middle), float(cost), slopes)


def _ends(seen: list[float], volume: float) -> tuple[float, float]:
    low, high = min(*seen, volume), max(*seen, volume)
    room = (high - low or 1.0) * _ROOM
    return max(low - room, 0.0), high + room


def _frame(title: str, currency: str, ends: tuple[float, float]) -> dict[str, Any]:
    return {
        "height": _HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 18},
        "separators": formats.separators(),
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {"title": {"text": title}, "range": list(ends), "tickformat": "~s"},
        "yaxis": {"title": {"text": f"{currency} of usage"}, "tickformat": "~s"},
    }

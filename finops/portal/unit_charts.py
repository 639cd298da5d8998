"""Charts of unit economics: a unit cost by month, segments by margin, and what matters most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from finops.portal import charts
from finops.portal import formats
from finops.portal import units
from finops.portal.charts import BLUE
from finops.portal.charts import Chart
from finops.portal.charts import GRAY
from finops.portal.charts import GREEN
from finops.portal.charts import plain
from finops.portal.charts import VERMILLION
from finops.unit_economics.targets import holding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.unit_economics.levers import Swing
    from finops.unit_economics.portfolio import Served
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.targets import Target

LABELS = {
    "demand": "Demand",
    "efficiency": "Efficiency",
    "rightsizing": "Rightsizing",
    "shared": "Shared cost",
    "coverage": "Commitments",
    "price": "Price",
}
"""What each lever is called."""
ROOM = 100
"""Pixels that the longest of these names, or of a month, takes beside a chart."""

_ROW, _FRAME = 34, 56


def trend(found: Prepared, contracts: Sequence[Target] = ()) -> Chart:
    """Average unit cost by month; the marginal one as a dashed line where it is known.

    What was agreed is a dotted line over the months for which it holds.
    """
    months = [one for one in found.trend if one.average is not None]
    names = [formats.month_brief(one.period) for one in months]
    currency, unit = found.now.currency, found.now.unit
    told = [units.money(one.average, currency) for one in months]
    figure = go.Figure(
        go.Scatter(
            x=names, y=[float(one.average or 0) for one in months], name="Average",
            mode="lines+markers", line={"color": BLUE, "width": 2.5}, customdata=told,
            hovertemplate="%{customdata}",
            marker={"symbol": ["circle" if one.whole else "circle-open" for one in months],
                    "size": 8},
        )
    )  # fmt: skip
    if found.marginal is not None:
        figure.add_scatter(
            x=names, y=[float(found.marginal)] * len(names), name="Marginal, now", mode="lines",
            line={"color": GRAY, "dash": "dash"},
            hovertemplate=units.money(found.marginal, currency),
        )  # fmt: skip
    agreed = _agreed(figure, found, contracts)
    _lay_out(figure, 300)
    figure.update_layout(
        hovermode="x unified", showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"type": "category", "nticks": 13},
        yaxis={"title": {"text": f"{currency} for one"}, "rangemode": "tozero"},
    )  # fmt: skip
    alt = f"Cost of one of the {unit} by month; months with a gap are open circles: "
    shown = ", ".join(f"{name} {value}" for name, value in zip(names, told, strict=True))
    return Chart(figure, f"{alt}{shown or 'none is known'}{agreed}.", empty=not months)


def _agreed(figure: go.Figure, found: Prepared, contracts: Sequence[Target]) -> str:
    """Draw what was agreed over the months for which it holds, and say it."""
    months = [one for one in found.trend if one.average is not None]
    product = (found.now.product, found.now.unit)
    held = [holding(tuple(contracts), product, str(one.period)) for one in months]
    if not any(held):
        return ""
    figure.add_scatter(
        x=[formats.month_brief(one.period) for one in months],
        y=[float(one.amount) if one else None for one in held], name="Agreed", mode="lines",
        line={"color": GREEN, "dash": "dot", "width": 2.5}, hovertemplate="%{y}",
    )  # fmt: skip
    last = held[-1]
    return f"; {units.money(last.amount, last.currency)} is agreed" if last else ""


def segments(found: Sequence[Served], names: Sequence[str]) -> Chart:
    """Each segment's margin as a bar, the worst at the top; below zero in orange, and signed."""
    pairs = zip(names, found, strict=True)
    known = [(n, o.segment.margin) for n, o in pairs if o.segment.margin is not None]
    text = [formats.percent(share, signed=True) for _, share in known]
    figure = go.Figure(
        go.Bar(
            x=[float(share * 100) for _, share in known], y=list(range(len(known))),
            orientation="h", text=text, textposition="outside", cliponaxis=False,
            hoverinfo="skip",
            marker={"color": [VERMILLION if share < 0 else BLUE for _, share in known]},
        )
    )  # fmt: skip
    _lay_out(figure, _FRAME + _ROW * len(known))
    ends = [0.0, *(float(share * 100) for _, share in known)]
    low, high = min(ends), max(ends)
    room = (high - low or 1) * 0.25
    figure.update_layout(
        yaxis=_names([plain(name) for name, _ in known]),
        xaxis={"title": {"text": "Margin, % of revenue"}, "range": [low - room, high + room]},
    )
    shown = ", ".join(f"{name} {told}" for (name, _), told in zip(known, text, strict=True))
    return Chart(figure, f"Margin by segment, the worst first: {shown}.", empty=not known)


def tornado(swings: Sequence[Swing], now: Decimal, currency: str) -> Chart:
    """How far each lever could move the cost from where it stands, what matters most at the top."""
    shown = [one for one in swings if one.width]
    names = [LABELS[one.lever] for one in shown]
    ends = (
        ("Lower bound", GRAY, [one.low for one in shown]),
        ("Upper bound", BLUE, [one.high for one in shown]),
    )
    figure = go.Figure(
        [
            go.Bar(
                x=[float(end - now) for end in reached], y=list(range(len(shown))),
                base=float(now), orientation="h", name=label, marker={"color": color},
                customdata=[units.short(end, currency) for end in reached],
                hovertemplate="%{customdata}<extra></extra>",
            )
            for label, color, reached in ends
        ],
        charts.layout(_FRAME + 30 + _ROW * len(shown), left=ROOM) | {
            "barmode": "overlay", "yaxis": _names(names) | {"automargin": False},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            "xaxis": {"title": {"text": f"Cost of the month ({currency})"}, "tickformat": "~s"},
        },
    )  # fmt: skip
    told = ", ".join(
        f"{name} {units.short(one.low, currency)} to {units.short(one.high, currency)}"
        for name, one in zip(names, shown, strict=True)
    )
    return Chart(figure, f"What matters most, first: {told or 'no lever'}.", empty=not shown)


def _names(names: Sequence[str]) -> dict[str, object]:
    """An axis of names from the top down."""
    return {
        "tickmode": "array", "tickvals": list(range(len(names))), "ticktext": list(names),
        "range": [len(names) - 0.4, -0.6], "automargin": True, "showgrid": False,
    }  # fmt: skip


def _lay_out(figure: go.Figure, height: int) -> None:
    margin = {"l": 8, "r": 8, "t": 8, "b": 18}
    figure.update_layout(
        height=height, margin=margin, separators=formats.separators(), showlegend=False
    )

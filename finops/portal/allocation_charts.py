"""Charts of an allocation: what each team bears in layers, one number twice, the unowned share."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from finops.core.amount import Amount
from finops.core.amount import total
from finops.portal import charts
from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.allocation.allocated import Allocation
    from finops.allocation.allocated import TeamCost

LAYERS = (("Direct", charts.BLUE), ("Shared", charts.VERMILLION), ("Other", charts.GRAY))
"""What a team bears, from the axis outward; other is unused commitments, credits and tax."""

_ROW, _FRAME = 34, 60
_SHADES = (charts.BLUE, charts.GREEN, charts.PURPLE, charts.VERMILLION)
_WIDE = 0.04
_SMALLEST = 9
"""A name that would have to be smaller to fit is left out, and read by pointing at its part."""


class Bar(NamedTuple):
    """One number, as the parts of one tree."""

    name: str
    parts: Mapping[str, Decimal]


def by_team(found: Allocation) -> charts.Chart:
    """A bar for each team, in layers that add up to what it bears."""
    places = list(range(len(found.teams)))
    layers = [
        go.Bar(
            x=[float(_layers(team)[layer]) for team in found.teams], y=places, orientation="h",
            name=name, marker={"color": color}, hovertemplate="%{customdata}<extra></extra>",
            customdata=[_told(team, name, _layers(team)[layer], found) for team in found.teams],
        )
        for layer, (name, color) in enumerate(LAYERS)
    ]  # fmt: skip
    words = [formats.short(Amount(team.total, found.currency)) for team in found.teams]
    figure = go.Figure(layers)
    figure.update_layout(
        **charts.layout(_FRAME + _ROW * len(places), right=110), barmode="relative", bargap=0.35,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        xaxis={"visible": False}, yaxis=charts.named_axis([team.team for team in found.teams]),
        annotations=charts.column("Bears", words, 106),
    )  # fmt: skip
    told = ", ".join(f"{t.team} {word}" for t, word in zip(found.teams, words, strict=True))
    empty = not any(team.own or team.total for team in found.teams)
    return charts.Chart(figure, f"What each team bears: {told}.", empty=empty)


def one_number(bars: Sequence[Bar], currency: str) -> charts.Chart:
    """The same amount as several bars of equal length, each in the parts of one tree."""
    figure = go.Figure()
    for place, bar in enumerate(bars):
        whole = total(bar.parts.values())
        for number, (name, amount) in enumerate(bar.parts.items()):
            told = formats.money(Amount(amount, currency))
            wide = whole > 0 and amount / whole > _WIDE
            figure.add_bar(
                x=[float(amount)], y=[place], orientation="h", showlegend=False,
                text=[charts.plain(name) if wide else ""], textposition="inside",
                insidetextanchor="middle", textangle=0, constraintext="inside",
                textfont={"color": "#FFFFFF"},
                marker={"color": _SHADES[number % len(_SHADES)],
                        "line": {"color": "#FFFFFF", "width": 1}},
                customdata=[f"{charts.plain(bar.name)}<br>{charts.plain(name)}: {told}"],
                hovertemplate="%{customdata}<extra></extra>",
            )  # fmt: skip
    sums = [formats.short(Amount(total(bar.parts.values()), currency)) for bar in bars]
    figure.update_layout(
        **charts.layout(150, right=110) | {"showlegend": False}, barmode="relative", bargap=0.3,
        xaxis={"visible": False}, yaxis=charts.named_axis([bar.name for bar in bars]),
        annotations=charts.column("", sums, 106),
        uniformtext={"minsize": _SMALLEST, "mode": "hide"},
    )  # fmt: skip
    told = "; ".join(f"{bar.name} {words}" for bar, words in zip(bars, sums, strict=True))
    return charts.Chart(figure, f"One number: {told}.", empty=not any(b.parts for b in bars))


def unowned(months: Sequence[tuple[str, Decimal | None]]) -> charts.Chart:
    """The share that no team owns, a bar a month."""
    known = [(month, share) for month, share in months if share is not None]
    words = [formats.percent(share) for _, share in known]
    figure = go.Figure(
        go.Bar(
            x=[month for month, _ in known], y=[float(share) * 100 for _, share in known],
            text=words, textposition="outside", cliponaxis=False, marker={"color": charts.BLUE},
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(
        **charts.layout(230) | {"showlegend": False}, xaxis={"type": "category"},
        yaxis={"title": {"text": "Without a team (%)"}, "rangemode": "tozero"},
    )  # fmt: skip
    told = ", ".join(f"{month} {word}" for (month, _), word in zip(known, words, strict=True))
    return charts.Chart(figure, f"Share without a team: {told}.", empty=not known)


def _layers(team: TeamCost) -> tuple[Decimal, Decimal, Decimal]:
    direct = total((team.direct, team.given))
    return direct, team.shared_total, total((team.unused, team.credits, team.tax))


def _told(team: TeamCost, layer: str, amount: Decimal, found: Allocation) -> str:
    words = formats.money(Amount(amount, found.currency))
    return f"{charts.plain(team.team)}<br>{layer}: {words}"

"""Charts: one figure for each kind of question, each with the sentence that tells it in words.

Pure: numbers in, a figure out. Colors are Okabe and Ito's and never the only cue: rises and falls
carry signs, the month before is dashed or a mark. Money turns to float here and nowhere above.
"""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Any
from typing import NamedTuple
from typing import Protocol
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from finops.core.amount import Amount
from finops.core.amount import total
from finops.portal import formats
from finops.portal.change import REST
from finops.portal.change import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.portal.change import Change


class Write(Protocol):
    """How an amount is written, with its sign where that is asked for."""

    def __call__(self, amount: Amount, /, *, signed: bool = False) -> str:
        """The amount as text."""
        ...


BLUE = "#0072B2"
VERMILLION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#B5608F"
GRAY = "#7A8591"
"""Okabe-Ito (the purple a shade darker): at least 3:1 against both the light and the dark page."""

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}

_ROW = 30
_FRAME = 46
_LONGEST = 34
_COLUMN = 62
_FEW = 3
_THOUSAND = 1000
_TOWERS = 3
_MIDDLE = 20
"""From the day after on a day's words stand to the left of it, where there is room."""
_TOWERING = 1.5


class Chart(NamedTuple):
    """A figure, and what it shows as a sentence for those who do not see it.

    `empty` where there is nothing to draw.
    """

    figure: go.Figure
    alt: str
    empty: bool = False


class Series(NamedTuple):
    """Amounts by day of the month, counted from 1, of one month."""

    label: str
    days: tuple[tuple[int, Decimal], ...]


class Step(NamedTuple):
    """One step of a walk from one amount to another."""

    name: str
    amount: Decimal


def daily(now: Series, before: Series, currency: str) -> Chart:
    """Cost by day of the month, with the month before as a dashed line behind it.

    Days that tower over all others (charges by the month stand on their first day) are cut off
    and written at the top, so that the other days can be read.
    """
    figure = go.Figure([
        _line(before, currency, color=GRAY, dash="dash"),
        _line(now, currency, color=BLUE, dash="solid"),
    ])  # fmt: skip
    low, top = _ceiling([float(n) for series in (now, before) for _, n in series.days])
    form = "~s" if top > _THOUSAND else ",.2~f"
    cut = [_cut(day, number, top, currency) for day, number in now.days if number > top]
    figure.update_layout(
        **layout(340), hovermode="x unified",
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={"title": {"text": "Day of the month"}, "range": [0.5, 31.5], "tick0": 1, "dtick": 5},
        yaxis={"title": {"text": currency}, "tickformat": form, "range": [min(0.0, low), top]},
        annotations=cut,
    )  # fmt: skip
    empty = not any(number for series in (now, before) for _, number in series.days)
    return Chart(figure, _daily_alt(now, before, currency), empty=empty)


def bars(parts: Sequence[Change], currency: str, labels: tuple[str, str]) -> Chart:
    """What each part costs now as a bar, longest first, and what it cost before as a mark.

    `labels` are the names of the period before and of this one.
    """
    places = list(range(len(parts)))
    text = [formats.short(Amount(part.now, currency)) for part in parts]
    moved = [formats.change(part.now, part.before) for part in parts]
    low, high = _span(parts)
    figure = go.Figure([
        go.Bar(
            x=[float(part.now) for part in parts], y=places, orientation="h",
            name=labels[1], hovertemplate="%{customdata}<extra></extra>",
            marker={"color": [GRAY if part.name.startswith(REST) else BLUE for part in parts]},
            customdata=[_told(part, currency, labels) for part in parts],
        ),
        go.Scatter(
            x=[float(part.before) for part in parts], y=places, mode="markers", name=labels[0],
            marker={"symbol": "line-ns", "size": 15, "line": {"width": 3, "color": VERMILLION}},
            hoverinfo="skip",
        ),
    ])  # fmt: skip
    figure.update_layout(
        **layout(_FRAME + 40 + _ROW * len(parts), right=_COLUMN * 2 + 8), bargap=0.35,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        xaxis={"visible": False, "range": [low, high]}, yaxis=named_axis([p.name for p in parts]),
        annotations=column(currency, _bare(text, currency), _COLUMN)
        + column("Change", moved, _COLUMN * 2),
    )  # fmt: skip
    shown = ", ".join(f"{part.name} {value}" for part, value in zip(parts, text, strict=True))
    alt = f"{labels[1]}, longest bar first: {shown}."
    return Chart(figure, alt, empty=not any(part.now or part.before for part in parts))


def waterfall(parts: Sequence[Change], currency: str, labels: tuple[str, str]) -> Chart:
    """How the cost before became the cost now, one step a part; the steps add up exactly.

    `labels` are the names of the period before and of this one.
    """
    ends = whole(parts, "")
    steps = [Step(labels[0], ends.before), *(Step(part.name, part.by) for part in parts)]
    return walk([*steps, Step(labels[1], ends.now)], currency)


def walk(
    steps: Sequence[Step], currency: str, *, write: Write = formats.short, room: int = 0
) -> Chart:
    """From the first amount to the last, through the steps that lie between them.

    The first and the last are where it starts and ends; what is between adds up to the difference.
    `write` writes an amount, where three digits of a total are not what is read. `room` is how many
    pixels the names take, where they are known: finding it out costs a second drawing.
    """
    inner = len(steps) - 2
    text = [
        write(Amount(step.amount, currency), signed=0 < index <= inner)
        for index, step in enumerate(steps)
    ]
    numbers = [float(step.amount) for step in steps]
    names = [step.name for step in steps]
    low, high = _reach(numbers)
    note = [_note(f"Bars start at {write(Amount(Decimal(low), currency))}")] if low > 0 else []
    figure = go.Figure(
        go.Waterfall(
            x=numbers, y=list(range(len(steps))), orientation="h",
            measure=["absolute", *["relative"] * inner, "total"],
            text=[text[0], *_bare(text[1:-1], currency), text[-1]],
            textposition="outside", cliponaxis=False,
            customdata=[f"{plain(n)}<br>{value}" for n, value in zip(names, text, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
            increasing={"marker": {"color": VERMILLION}}, decreasing={"marker": {"color": GREEN}},
            totals={"marker": {"color": BLUE}}, connector={"line": {"color": GRAY, "width": 1}},
        ),
        layout(_FRAME + _ROW * len(steps), left=room) | {
            "showlegend": False, "waterfallgap": 0.35, "annotations": note,
            "xaxis": {"visible": False, "range": [low, high]},
            "yaxis": named_axis(names) | {"automargin": not room},
        },
    )  # fmt: skip
    told = ", ".join(f"{name} {value}" for name, value in zip(names[1:-1], text[1:-1], strict=True))
    alt = f"From {names[0]} {text[0]} to {names[-1]} {text[-1]}: {told or 'no step between'}."
    return Chart(figure, alt, empty=not any(numbers))


def _ceiling(numbers: list[float]) -> tuple[float, float]:
    """From where to where days are drawn: all of them, but for at most three that tower."""
    if not numbers:
        return 0.0, 1.0
    ranked = sorted(numbers)
    usual = ranked[max(len(ranked) - 1 - _TOWERS, 0)]
    highest = usual if ranked[-1] > usual * _TOWERING > 0 else ranked[-1]
    return ranked[0] * 1.1, (highest or 1.0) * 1.25


def _cut(day: int, number: Decimal, top: float, currency: str) -> dict[str, Any]:
    """The words at a day that is cut off."""
    text = f"Day {day}: {formats.short(Amount(number, currency))}"
    side, shift = ("left", 6) if day <= _MIDDLE else ("right", -6)
    return {"x": day, "y": top, "text": text, "showarrow": False, "xanchor": side, "xshift": shift,
            "yanchor": "top"}  # fmt: skip


def _line(series: Series, currency: str, *, color: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=[day for day, _ in series.days],
        y=[float(number) for _, number in series.days],
        customdata=[formats.money(Amount(number, currency)) for _, number in series.days],
        hovertemplate="%{customdata}", name=series.label, mode="lines",
        line={"color": color, "dash": dash, "width": 2.5 if dash == "solid" else 1.75},
    )  # fmt: skip


def _daily_alt(now: Series, before: Series, currency: str) -> str:
    if not now.days:
        return f"{now.label} has no cost by day."
    top, most = max(now.days, key=lambda entry: entry[1])
    sums = [
        f"{series.label} {formats.short(Amount(total(n for _, n in series.days), currency))}"
        for series in (now, before)
    ]
    peak = formats.short(Amount(most, currency))
    return f"Cost by day: {sums[0]} against {sums[1]}; the highest day is {top}, {peak}."


def _told(part: Change, currency: str, labels: tuple[str, str]) -> str:
    amounts = [formats.money(Amount(number, currency)) for number in (part.now, part.before)]
    by = formats.money(Amount(part.by, currency), signed=True)
    lines = (plain(part.name), f"{labels[1]}: {amounts[0]}", f"{labels[0]}: {amounts[1]}")
    return "<br>".join((*lines, f"Change: {by}"))


def layout(height: int, right: int = 8, left: int = 0) -> dict[str, Any]:
    """What every figure has: its height, its margins, the reader's signs in numbers."""
    return {
        "height": height,
        "margin": {"l": left or 8, "r": right, "t": 8, "b": 18},
        "separators": formats.separators(),
        "showlegend": True,
    }


def named_axis(names: Sequence[str]) -> dict[str, Any]:
    """An axis of names from the top down; by place, so that two equal names stay two bars."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [plain(name) for name in names],
        "range": [len(names) - 0.4, -0.6],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def _span(parts: Sequence[Change]) -> tuple[float, float]:
    """From where to where the bars reach, zero included."""
    numbers = [float(number) for part in parts for number in (part.now, part.before)]
    return min([0.0, *numbers]), max([1e-9, *numbers])


def column(heading: str, texts: Sequence[str], right: int) -> list[dict[str, Any]]:
    """A heading and words under it, all ending so many pixels right of the bars."""
    place = {"xref": "paper", "x": 1, "xshift": right, "xanchor": "right", "showarrow": False}
    rows = [place | {"y": row, "text": text} for row, text in enumerate(texts)]
    return [place | {"yref": "paper", "y": 1, "yanchor": "bottom", "text": heading}, *rows]


def _note(text: str) -> dict[str, Any]:
    """A remark under the bars, at the left."""
    return {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "yshift": -16, "text": text,
            "showarrow": False, "xanchor": "left", "font": {"size": 11}}  # fmt: skip


def _bare(texts: Sequence[str], currency: str) -> list[str]:
    """Amounts without their currency, where it is told once for all."""
    return [text.removesuffix(currency).rstrip() for text in texts]


def _reach(steps: Sequence[float]) -> tuple[float, float]:
    """From where to where a waterfall reaches: near its ends, so that its steps can be seen."""
    at, levels = steps[0], [steps[0]]
    for step in steps[1:-1]:
        at += step
        levels.append(at)
    low, high = min(*levels, steps[-1]), max(*levels, steps[-1])
    room = (high - low or abs(high) or 1.0) * 0.4
    return (min(low - room, 0.0) if low < room * _FEW else low - room, high + room)


def plain(text: str) -> str:
    """Text from data, short enough for an axis, with its markup taken as text."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\u2026"
    return escape(cut, quote=False)

"""Tables: one for each report, with the unit in every column that has one."""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st
from pandas import DataFrame

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.measures.bridge import Contribution
    from finops.measures.sentence import Line
    from finops.measures.variance import Variance
    from finops.portal.change import Change
    from finops.portal.charts import Series

_TALLEST = 460
_ROW, _LINE, _EDGE = 35, 20, 16
_RED = "#B3261E"
_RED_ON_DARK = "#FF8A80"


class Table(NamedTuple):
    """Columns, each with its values from the top down, and what the table is called."""

    name: str
    columns: Mapping[str, Sequence[object]]
    config: Mapping[str, Any]


def changes(parts: Sequence[Change], currency: str, labels: tuple[str, str], kind: str) -> Table:
    """What each part cost before and now, and how far it moved, in amount and percent."""
    before, now = (f"{label} ({currency})" for label in labels)
    moved = f"Change ({currency})"
    columns: dict[str, Sequence[object]] = {
        kind: [part.name for part in parts],
        before: [_rounded(part.before, currency) for part in parts],
        now: [_rounded(part.now, currency) for part in parts],
        moved: [_rounded(part.by, currency) for part in parts],
        "Change (%)": [_percent(part) for part in parts],
    }
    config = {
        kind: st.column_config.TextColumn(width="medium", pinned=True),
        **{name: money_column() for name in (before, now, moved)},
        "Change (%)": st.column_config.NumberColumn(format="%+.1f", alignment="right"),
    }
    return Table(f"{kind}, {labels[1]} against {labels[0]}", columns, config)


def days(now: Series, before: Series, currency: str) -> Table:
    """Cost of each day of the month in both months."""
    numbers = dict(before.days), dict(now.days)
    all_days = sorted({*numbers[0], *numbers[1]})
    before_name, now_name = (f"{series.label} ({currency})" for series in (before, now))
    columns: dict[str, Sequence[object]] = {
        "Day": all_days,
        before_name: [_rounded(numbers[0].get(day), currency) for day in all_days],
        now_name: [_rounded(numbers[1].get(day), currency) for day in all_days],
    }
    config = {"Day": st.column_config.NumberColumn(width="small", format="%d")}
    config |= {name: money_column() for name in (before_name, now_name)}
    return Table(f"Cost by day, {now.label} and {before.label}", columns, config)


def causes(rows: Sequence[Line], currency: str) -> Table:
    """The steps of a variance in rounded figures that tie, and what is left after each."""
    amount, percent, left = f"Amount ({currency})", "Of the start (%)", f"Left ({currency})"
    columns: dict[str, Sequence[object]] = {
        "Step": [line.heading for line in rows],
        amount: [line.amount for line in rows],
        percent: [None if line.percent is None else float(line.percent) for line in rows],
        left: [line.left for line in rows],
    }
    config = {
        "Step": st.column_config.TextColumn(width="medium", pinned=True),
        amount: money_column(),
        percent: st.column_config.NumberColumn(format="%+.1f", alignment="right"),
        left: money_column("What the steps below still have to explain"),
    }
    return Table(f"Why {rows[-1].name} differs from {rows[0].name}", columns, config)


def contributions(found: Variance, parts: Sequence[Contribution]) -> Table:
    """The prices and accounts that a step comes from, with what each contributes."""
    amount = f"Amount ({found.currency})"
    names = [found.names[part.key] for part in parts]
    columns: dict[str, Sequence[object]] = {
        amount: [_rounded(part.amount, found.currency) for part in parts],
        "Service": [part.key.service for part in parts],
        "Price": [name.price for name in names],
        "Account": [name.account for name in names],
    }
    config = {amount: money_column()}
    return Table("What a step comes from, the largest first", columns, config)


def draw(table: Table, *, lines: int = 1, blank: str = formats.NONE) -> None:
    """Draw a table as high as its rows need, up to a screenful; texts wrap into so many lines.

    `blank` stands where there is nothing: that it is not known, unless it need not be there.
    """
    rows = max((len(values) for values in table.columns.values()), default=0)
    row = _ROW if lines == 1 else _LINE * lines + _EDGE
    st.dataframe(
        dict(table.columns),
        hide_index=True,
        column_config=dict(table.config),
        height=min(_TALLEST, rows * row + _ROW + 3),
        row_height=None if lines == 1 else row,
        placeholder=blank,
        alt=table.name,
    )


def pick(table: Table, *, key: str, red: str = "") -> int:
    """Draw a table of which one row is chosen, the first to begin with; give its place.

    What stands in the column `red`, where one is named, is red.
    """
    frame = DataFrame(dict(table.columns))
    color = _RED_ON_DARK if st.context.theme.type == "dark" else _RED
    state = st.dataframe(
        frame.style.map(lambda _: f"color: {color}; font-weight: 600", subset=[red] if red else []),
        hide_index=True,
        column_config=dict(table.config),
        height=min(_TALLEST, (len(frame) + 1) * _ROW + 3),
        alt=table.name,
        on_select="rerun",
        selection_mode="single-row-required",
        key=key,
    )
    rows: Sequence[int] = state["selection"]["rows"]
    return rows[0] if rows and rows[0] < len(frame) else 0


def draw_or_say(table: Table, nothing: str, *, lines: int = 1, blank: str = formats.NONE) -> None:
    """Draw a table, or say what it means that it has no rows."""
    if table.columns:
        draw(table, lines=lines, blank=blank)
    else:
        st.markdown(nothing)


def wrap_or_say(table: Table, nothing: str) -> None:
    """Draw a short table of words so that none is cut, or say what it means that it is empty."""
    if table.columns:
        wrap(table)
    else:
        st.markdown(nothing)


def wrap(table: Table) -> None:
    """Draw a short table of words so that none is cut."""
    told = {
        name: [formats.md_escape(str(value)) for value in values]
        for name, values in table.columns.items()
    }
    st.table(told, border="horizontal", hide_index=True, alt=table.name)


def offer(what: str, addresses: Mapping[str, str]) -> None:
    """Offer a table to be taken away: a link for each kind of file (`finops.portal.exports`)."""
    with st.container(horizontal=True):
        for kind, address in addresses.items():
            st.link_button(f"{what} as {kind}", address, icon=":material/download:")


def records(
    name: str, rows: Iterable[Mapping[str, object]], config: Mapping[str, Any] | None = None
) -> Table:
    """A table from its rows, each a mapping from the same columns to values."""
    rows = tuple(rows)
    columns = {key: [row[key] for row in rows] for key in (rows[0] if rows else ())}
    return Table(name, columns, config or {})


def money_column(help: str | None = None, *, width: int | None = None) -> Any:  # noqa: A002, ANN401
    """A column of amounts: to the minor unit, thousands apart, at the right.

    Without a width it is as wide as its first values need, which later ones may outgrow.
    """
    return st.column_config.NumberColumn(
        format="accounting", alignment="right", help=help, width=width
    )


def _rounded(number: Decimal | None, currency: str) -> Decimal | None:
    """An amount as it is posted; nothing stays nothing."""
    return None if number is None else number.quantize(minor_unit(currency), context=EXACT)


def _percent(part: Change) -> float | None:
    """How far a part moved in percent; nothing where it came from zero or below."""
    return float(part.by / part.before * 100) if part.before > 0 else None

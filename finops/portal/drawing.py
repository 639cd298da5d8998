"""Drawing: a view's head, and a chart with its words and its table, whichever the reader wants."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import streamlit as st

from finops.portal import charts
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.delta_generator import DeltaGenerator

    from finops.portal.charts import Chart
    from finops.portal.tables import Table

NOTHING = "There is no cost in this month, the month before and this scope."

_head: ContextVar[DeltaGenerator | None] = ContextVar("head", default=None)


@contextmanager
def headed(title: str, asks: str) -> Iterator[None]:
    """Draw a view's head: its title, and room for the switch of a chart in the block."""
    head = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    head.subheader(title, help=asks, anchor=False, width="content")
    token = _head.set(head)
    try:
        yield
    finally:
        _head.reset(token)


def show(chart: Chart, table: Table, *, key: str) -> None:
    """Draw the chart, or its table where the reader asks for it.

    `key` names the switch, once on a page.
    """
    if chart.empty:
        st.markdown(NOTHING)
        return
    place = _head.get() or st.container()
    as_table = place.toggle(
        "Show as table", key=f"table-{key}", persist_state="session", width="content"
    )
    if as_table:
        tables.draw(table)
        return
    st.plotly_chart(
        chart.figure,
        theme="streamlit",
        config=charts.CONFIG,
        alt=chart.alt,
        key=f"chart-{key}",
    )

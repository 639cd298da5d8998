"""Breakdown: the month by one dimension, against the month before; what costs most, what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.portal import charts
from finops.portal import drawing
from finops.portal import formats
from finops.portal import month
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal.change import largest
from finops.portal.change import movers

if TYPE_CHECKING:
    from finops.dataset import Dataset

HELD = (
    "FX is what rates of exchange moved: this month's cost in its own currency, times the change "
    "of the rate. Every other step is told at the rate of the month before."
)
FEWEST, USUAL, MOST = 3, 8, 20
"""How many things a chart keeps apart: at least, if nobody says otherwise, and at most."""


def costliest(dataset: Dataset, dimension: str, kind: str) -> None:
    """The costliest values of a dimension as bars; all of them in the table."""
    found = month.parts_by(dataset, scope_bar.lens(), dimension)
    drawing.show(
        charts.bars(largest(found.parts, USUAL), found.currency, found.labels),
        tables.changes(found.parts, found.currency, found.labels, kind),
        key=dimension,
    )


def by_day(dataset: Dataset) -> None:
    """Each day of the month, and of the month before."""
    days = month.by_day(dataset, scope_bar.lens())
    drawing.show(charts.daily(*days), tables.days(*days), key="days")


def by_account(dataset: Dataset) -> None:
    """The accounts that cost most."""
    costliest(dataset, "SubAccountName", "Account")


def changed(dataset: Dataset, dimension: str, kind: str) -> None:
    """From the month before to this one, a step for each value that moved most; it sums exactly."""
    found = month.steps_by(dataset, scope_bar.lens(), dimension)
    steps = (*movers(found.parts, _how_many(kind, len(found.parts))), *found.exchange)
    before, now = found.labels
    held = f"{now} at rates of {before}" if found.exchange else now
    drawing.show(
        charts.waterfall(steps, found.currency, found.labels),
        tables.changes(found.every, found.currency, (before, held), kind),
        key=f"changed-{dimension}",
    )
    if found.exchange:
        st.caption(HELD)
    if found.said:
        st.caption(formats.md_escape(found.said))


def _how_many(kind: str, there_are: int) -> int:
    """Let the reader say how many are told apart, where there are more than a few."""
    if there_are <= FEWEST:
        return FEWEST
    label = f"{kind}s told apart"
    most = min(there_are, MOST)
    return st.slider(label, FEWEST, most, min(USUAL, most), key=f"told-apart-{kind}")

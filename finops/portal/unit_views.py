"""Views of unit economics: what a unit costs by month, who earns it, and what figures mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import METRICS
from finops.portal import cards
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import input_forms
from finops.portal import inputs
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal import unit_change
from finops.portal import unit_charts
from finops.portal import unit_tables
from finops.portal import units
from finops.portal.cards import Card
from finops.unit_economics import portfolio
from finops.unit_economics.ratios import DEFINITIONS
from finops.unit_economics.targets import targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.dataset import Dataset
    from finops.ingestion.metric_gaps import Series
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.prepared import Prepared

_HELP = {one.name: one.definition for one in DEFINITIONS}


def by_month(dataset: Dataset) -> None:
    """The chosen product's unit cost by month; without units, the file that brings them."""
    found = _ready(dataset)
    if found is None:
        _unlock(dataset)
        return
    agreed = targets(desk.workspace())
    drawing.show(unit_charts.trend(found, agreed), unit_tables.trend(found), key="unit-trend")
    if gap := _gap(found.now):
        st.caption(gap)


def by_segment(dataset: Dataset) -> None:
    """The product's segments by margin, the worst first, those below zero by name."""
    found = _ready(dataset)
    if found is None:
        st.markdown(units.NOTHING)
        return
    now = found.now
    mine = portfolio.served((portfolio.Standing(now, now),))
    _served(mine, [one.segment.name or "All" for one in mine])


def every_segment(_: Dataset) -> None:
    """Every segment of every product by margin, those below zero by name."""
    every = portfolio.served(units.standings(scope_bar.lens()))
    _served(every, [f"{units.called(one.product)} {one.segment.name}".strip() for one in every])


def _served(found: Sequence[portfolio.Served], names: Sequence[str]) -> None:
    chart = unit_charts.segments(found, names)
    if chart.empty:
        st.markdown("No revenue or price is in, so no segment has a margin.")
        return
    drawing.show(chart, unit_tables.segments(found, names), key="unit-segments")
    below = tuple(
        formats.md_escape(name)
        for name, one in zip(names, found, strict=True)
        if one.segment.at_a_loss
    )
    st.caption(f"Below zero: {formats.listing(below)}." if below else "No segment is below zero.")


def products(_: Dataset) -> None:
    """Every product's unit cost and margin, and how far each moved."""
    found = units.standings(scope_bar.lens())
    tables.draw_or_say(unit_tables.products(found, units.called), units.NOTHING)


def changed(dataset: Dataset) -> None:
    """Why a unit costs other than the month before."""
    found = _ready(dataset)
    if found is None:
        st.markdown(units.NOTHING)
        return
    unit_change.draw(found, scope_bar.lens())


def defined(dataset: Dataset) -> None:
    """Every figure of the month, with its definition beneath it."""
    found = _ready(dataset)
    if found is None:
        st.markdown(units.NOTHING)
        return
    told = unit_tables.values(found)
    with st.grid(columns="auto", min_column_width=240, gap="xsmall"):
        for one in DEFINITIONS:
            with st.container(border=True, height="stretch", gap="xxsmall"):
                st.metric(one.title, told[one.name])
                st.caption(one.definition)


def head(dataset: Dataset) -> None:
    """The figures product asks for first; without units, the file that brings them."""
    found = _ready(dataset)
    if found is None:
        _unlock(dataset)
        return
    cards.draw(_cards(found))


def outcomes(dataset: Dataset) -> None:
    """What was achieved beside what it cost."""
    found = _ready(dataset)
    there = _outcomes(dataset, found) if found else ()
    table = unit_tables.outcomes(there, found) if found else tables.records("", ())
    tables.draw_or_say(table, "No outcome of this month is in, such as acquisition cost.")


def _unlock(dataset: Dataset) -> None:
    """What would bring a unit cost: a file of units, or a wider sight."""
    if dataset.limited:
        st.markdown(units.PART)
        return
    st.markdown(units.NOTHING)
    input_forms.bring(input_forms.way_of(METRICS))


def _ready(dataset: Dataset) -> Prepared | None:
    return units.ready(dataset, scope_bar.lens())


def _outcomes(dataset: Dataset, found: Prepared) -> Sequence[Series]:
    return [
        one
        for one in inputs.seen(dataset)
        if one.kind is Kind.OUTCOME
        and one.product in {found.now.product, ""}
        and found.now.period in dict(one.by_month())
    ]


def _gap(now: UnitCost) -> str:
    if not now.missing:
        return ""
    left = units.short(now.left_out, now.currency)
    return (
        f"{formats.counted(len(now.missing), 'day')} of {formats.month(now.period)} "
        f"{'lacks' if len(now.missing) == 1 else 'lack'} units or charges and "
        f"{'is' if len(now.missing) == 1 else 'are'} "
        f"left out of both sides, with {left} of cost."
    )


def _cards(found: Prepared) -> tuple[Card, ...]:
    now, currency = found.now, found.now.currency
    margin = formats.NONE if now.margin is None else formats.percent(now.margin)
    whole = [one for one in found.trend if one.average is not None]
    rows = {
        "average": tuple(one.average for one in whole if one.average is not None),
        "margin": tuple(one.margin for one in whole if one.margin is not None),
    }
    told = (
        ("Average unit cost", units.money(now.average, currency), "average"),
        ("Gross margin", margin, "margin"),
        ("Marginal unit cost", units.money(found.marginal, currency), "marginal"),
    )
    drawn = [
        Card(label, value, _HELP[name], "", rose=False, against="", months=rows.get(name, ()))
        for label, value, name in told
    ]
    total, costs = units.short(now.cost, currency), tuple(one.cost for one in whole)
    meaning = "Of the days with units."
    cost = Card("Cost", total, meaning, "", rose=False, against="", months=costs)
    *shown, marginal = drawn
    return (*shown, cost, marginal)

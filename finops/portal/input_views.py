"""Views of what people told beside the bills: what is there of it, and how to bring more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import streamlit as st

from finops.ingestion.budgets import BUDGETS
from finops.ingestion.events import EVENTS
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import METRICS
from finops.portal import drawing
from finops.portal import input_charts
from finops.portal import input_forms
from finops.portal import input_tables
from finops.portal import inputs
from finops.portal import tables

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.dataset import Snapshot
    from finops.ingestion.metric_gaps import Series


def rates(dataset: Dataset | None) -> None:
    """Each pair of currencies with its kinds of rates."""
    tables.draw_or_say(input_tables.rates(inputs.rates(_at(dataset))), inputs.NO_RATE)
    input_forms.bring(input_forms.way_of_rates())


def metrics(dataset: Dataset | None) -> None:
    """Each metric by month, how far it reaches and what is missing."""
    found = inputs.metrics(_at(dataset))
    if found:
        _months(found)
    tables.draw_or_say(input_tables.metrics(found), inputs.NO_METRIC)
    input_forms.bring(input_forms.way_of(METRICS))


def budgets(dataset: Dataset | None) -> None:
    """What each scope may cost in each fiscal year, as its last version says."""
    tables.draw_or_say(input_tables.budgets(inputs.budgets(_at(dataset))), inputs.NO_BUDGET)
    input_forms.bring(input_forms.way_of(BUDGETS))


def events(dataset: Dataset | None) -> None:
    """What happened, the latest first."""
    tables.draw_or_say(input_tables.events(inputs.events(_at(dataset))), inputs.NO_EVENT)
    input_forms.bring(input_forms.way_of(EVENTS))


def _months(found: tuple[Series, ...]) -> None:
    """One metric by month, the segments apart."""
    groups: dict[tuple[str, Kind, str], list[Series]] = defaultdict(list)
    for one in found:
        groups[one.product, one.kind, one.unit].append(one)
    names = sorted(groups, key=lambda name: (name[1] is not Kind.UNITS, name))
    place = st.selectbox(
        "Metric",
        range(len(names)),
        format_func=lambda place: input_tables.name(*names[place]),
        key="metric",
        width=360,
    )
    chosen, of_chosen = names[place], groups[names[place]]
    name, unit = input_tables.name(*chosen), of_chosen[0].currency or chosen[2]
    chart = input_charts.by_month(of_chosen, name, unit)
    drawing.show(chart, input_tables.months(of_chosen, name, unit), key="metric-months")


def _at(dataset: Dataset | None) -> Snapshot | None:
    return dataset.snapshot if dataset else None

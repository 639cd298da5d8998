"""Causes: why the month differs from the one before, and what stands behind each step."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.measures.sentence import lines
from finops.measures.sentence import sentence
from finops.measures.sentence import told
from finops.measures.variance import resources
from finops.measures.window import Window
from finops.portal import breakdown
from finops.portal import charts
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import month
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal.change import Change

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.measures import Query
    from finops.measures.bridge import Contribution
    from finops.measures.causes import Cause
    from finops.measures.variance import Variance
    from finops.portal.lens import Lens

MOST = 50
"""How many prices, and how many resources, are listed behind a step, the largest first."""

NO_RESOURCE = "(no resource)"
CAUSE = "By cause"


class Explained(NamedTuple):
    """The variance of the chosen month, and what was asked for it."""

    found: Variance
    query: Query


def changed(dataset: Dataset, dimension: str, kind: str) -> None:
    """From the month before to this one, by a dimension or by cause, as the reader wants it."""
    by = f"By {kind.lower()}"
    how = st.segmented_control(
        "What moved the month",
        (by, CAUSE),
        default=by,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
        key=f"changed-by-{dimension}",
    )
    if how == CAUSE:
        by_cause(dataset)
    else:
        breakdown.changed(dataset, dimension, kind)


def explained(dataset: Dataset, lens: Lens) -> Explained:
    """The month's variance: as far as the month is in, against as much of the month before."""
    now, before = month.compared(dataset, lens)
    query = lens.query(now.start, now.end)
    return Explained(desk.explain(dataset, query, Window(before.start, before.end)), query)


def by_cause(dataset: Dataset) -> None:
    """From the month before to this one, a step a cause, and what is behind the one chosen."""
    about = explained(dataset, scope_bar.lens())
    found, rows = about.found, lines(about.found)
    steps = [charts.Step(line.heading, line.amount) for line in rows]
    drawing.show(
        charts.walk(steps, found.currency), tables.causes(rows, found.currency), key="causes"
    )
    st.caption(formats.md_escape(" ".join((sentence(found, formats.number), *found.notes))))
    chosen = st.selectbox(
        "What is behind a step",
        [line.cause for line in rows if line.cause],
        index=None,
        format_func=lambda cause: cause.heading,
        placeholder="Choose a step",
        key="cause",
    )
    if chosen:
        _behind(dataset, about, chosen)


def _behind(dataset: Dataset, about: Explained, cause: Cause) -> None:
    """What a step is, the prices and accounts it comes from, and the resources of one of them."""
    found, parts = about.found, about.found.behind(cause)
    st.caption(cause.definition)
    place = tables.pick(tables.contributions(found, parts[:MOST]), key=f"behind-{cause.name}")
    if left := parts[MOST:]:
        rest = Amount(total(part.amount for part in left), found.currency)
        amount = formats.money(rest, signed=True)
        st.caption(f"And {formats.count(len(left))} smaller ones: {amount}.")
    _resources(dataset, about, parts[place])


def _resources(dataset: Dataset, about: Explained, part: Contribution) -> None:
    """What each resource behind a price cost in both months."""
    found = about.found
    rows = resources(dataset, about.query, found, part.key)
    changes = tuple(Change(row.name or NO_RESOURCE, row.before, row.after) for row in rows[:MOST])
    labels = (told(found.before), told(found.after))
    tables.draw(tables.changes(changes, found.currency, labels, "Resource"))
    if len(rows) > MOST:
        st.caption(f"The {MOST} that moved most, of {formats.count(len(rows))} resources.")

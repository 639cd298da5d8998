"""View of shared clusters: what each namespace cost, who bears it, and what nobody used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.allocation.clusters import clusters as found_in
from finops.core.amount import Amount
from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.pool import NAMESPACE_COST
from finops.portal import allocated
from finops.portal import formats
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.allocation.clusters import Cluster
    from finops.portal.lens import Lens

NONE = (
    f"No pool is shared by `{NAMESPACE_COST}` yet. Name one in a file of rules and publish it; "
    "where the bill does not split the cluster itself, bring OpenCost's csv with "
    "`finops clusters add FILE --cluster NAME`."
)


def clusters(lens: Lens) -> None:
    """Each cluster in a sentence, and its namespaces with what is idle as the last line."""
    found = found_in(allocated.allocation(lens))
    if not found:
        st.markdown(NONE)
    for one in found:
        st.markdown(sentence(one))
        if one.source:
            tables.draw(namespaces(one))


def sentence(one: Cluster) -> str:
    """What a cluster cost and how much of that nobody used, or why that is not known."""
    name, cost = formats.md_escape(one.name), formats.money(Amount(one.cost, one.currency))
    if not one.source:
        return f"**{name}: {cost}**; {formats.md_escape(one.why)}."
    idle = formats.money(Amount(one.idle, one.currency))
    share = f" ({formats.percent(EXACT.divide(one.idle, one.cost))})" if one.cost else ""
    return f"**{name}: {cost}**, of which {idle}{share} was idle. Told by {one.source}."


def namespaces(one: Cluster) -> tables.Table:
    """The namespaces, the costliest first, and what is idle; they add up to the cluster's cost."""
    rows = [(line.namespace, line.team, line.amount) for line in one.lines]
    rows += [("Idle", one.keeper, one.idle), ("Total", "", one.total)]
    amount = f"Amount ({one.currency})"
    unit = minor_unit(one.currency)
    columns: dict[str, Sequence[object]] = {
        "Namespace": [row[0] for row in rows],
        "Borne by": [row[1] for row in rows],
        amount: [row[2].quantize(unit, context=EXACT) for row in rows],
        "Share (%)": [_percent(row[2], one.cost) for row in rows],
    }
    title = f"{one.name} by namespace"
    return tables.Table(
        title,
        columns,
        {
            amount: tables.money_column(),
            "Namespace": st.column_config.TextColumn(pinned=True),
            "Share (%)": st.column_config.NumberColumn(format="%.1f", alignment="right"),
        },
    )


def _percent(part: Decimal, whole: Decimal) -> float | None:
    return round(float(EXACT.divide(part, whole)) * 100, 1) if whole else None

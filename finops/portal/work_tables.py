"""Tables of the worklist: what is to be done, what would prove more, what each sum is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import EXACT
from finops.core.amount import minor_unit
from finops.core.amount import total
from finops.core.resource_id import short
from finops.portal import tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from finops.portal.tables import Table
    from finops.portal.works import Done
    from finops.portal.works import Work
    from finops.workloads.worklist import Worklist

_FOUND = 210
"""So wide that what is not looked at stands beside it on half a page."""


def things(found: Sequence[Work], told: Worklist, today: date) -> Table:
    """What is to be done, the largest first; amounts are of 30 days."""
    net, gross, listed = (
        f"{name} ({told.currency})" for name in ("Net now", "Gross", "At list price")
    )
    rows = (
        {
            "What": one.finding.title,
            net: _cents(one.finding.net, told.currency),
            "Resource": one.finding.resource.name or short(one.finding.resource.id),
            gross: _cents(one.finding.gross, told.currency),
            listed: _cents(one.finding.listed, told.currency),
            "Proof": one.finding.proof.value,
            "Team": one.finding.resource.team,
            "State": one.progress.state.value,
            "Owner": one.progress.owner,
            "Age": one.age(today),
            "Effort (h)": one.finding.effort_hours,
        }
        for one in found
    )
    config = {
        "What": st.column_config.TextColumn(width="medium", pinned=True),
        **{name: tables.money_column() for name in (net, gross, listed)},
    }
    return tables.records("What to do, the largest first", rows, config)


def sums(found: Sequence[Work], told: Worklist, by: str, name: Callable[[Work], str]) -> Table:
    """What is to be done by one of its features: how much, and how many."""
    net = f"Net now ({told.currency})"
    rows = (
        {by: label, net: _cents(amount, told.currency), "Things": count}
        for label, amount, count in grouped(found, name)
    )
    return tables.records(f"What to do, by {by.lower()}", rows, {net: tables.money_column()})


def grouped(
    found: Sequence[Work], name: Callable[[Work], str]
) -> tuple[tuple[str, Decimal, int], ...]:
    """Each feature with what its things are worth now and how many they are, the largest first."""
    groups: dict[str, list[Decimal]] = {}
    for one in found:
        groups.setdefault(name(one), []).append(one.net)
    told = ((label, total(amounts), len(amounts)) for label, amounts in groups.items())
    return tuple(sorted(told, key=lambda row: (-row[1], row[0])))


def coverage(told: Worklist) -> Table:
    """How much of each team's cost is as it should be, the least first."""
    cost, could = f"Cost ({told.currency})", f"Could go now ({told.currency})"
    rows = (
        {
            "Team": one.team,
            "Optimized (%)": None if one.optimized is None else float(one.optimized),
            could: _cents(one.opportunity, told.currency),
            cost: _cents(one.cost, told.currency),
        }
        for one in told.coverage
    )
    config = {
        "Optimized (%)": st.column_config.NumberColumn(format="%.1f", alignment="right"),
        **{name: tables.money_column() for name in (could, cost)},
    }
    return tables.records("How much of each team's cost is as it should be", rows, config)


def done(found: Sequence[Done], today: date) -> Table:
    """What is done and not yet verified: by whom, since when, and whether the bill shows it."""
    rows = (
        {
            "What": one.progress.title,
            "Resource": short(one.progress.resource),
            "The bill": "still shows it" if one.shown else "no longer shows it",
            "Done by": one.progress.owner or one.progress.actor,
            "Days ago": (today - one.progress.day).days if one.progress.day else None,
            "What was changed": one.progress.reason,
            "Team": one.progress.team,
        }
        for one in found
    )
    return tables.records("Done, and to be verified", rows, {})


def unlocks(told: Worklist) -> Table:
    """What would prove more, and at how much cost nobody has looked yet."""
    cost = f"Not looked at ({told.currency})"
    rows = (
        {
            "What it would find": one.finds,
            cost: _cents(one.cost, told.currency),
            "Resources": one.resources,
            "Bring what this prints": one.command,
        }
        for one in told.unlocks
    )
    config = {
        "What it would find": st.column_config.TextColumn(width=_FOUND),
        cost: tables.money_column(),
    }
    return tables.records("What would prove more", rows, config)


def _cents(number: Decimal | None, currency: str) -> Decimal | None:
    return None if number is None else number.quantize(minor_unit(currency), context=EXACT)

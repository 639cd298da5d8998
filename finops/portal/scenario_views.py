"""Scenario views: what was tried before, side by side, and put before the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.core.period import BillingPeriod
from finops.operations import proposed
from finops.portal import desk
from finops.portal import formats
from finops.portal import once
from finops.portal import tables
from finops.portal import units
from finops.portal.unit_charts import LABELS
from finops.unit_economics.compared import compare
from finops.unit_economics.scenarios import scenarios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finops.access.command import Call
    from finops.dataset import Dataset
    from finops.portal.tables import Table
    from finops.unit_economics.compared import Compared
    from finops.unit_economics.compared import Shift
    from finops.unit_economics.scenarios import Scenario

NO_SCENARIO = "No scenario is saved yet. Move the levers, name what you see, and save it."
TOLD = "raised-told"
_MOST = 4


def draw(dataset: Dataset) -> None:
    """The saved scenarios side by side, the stale ones named, and a way to raise one."""
    every = {one.name: one for one in scenarios(desk.workspace())}
    once.told(TOLD)
    if not every:
        st.markdown(NO_SCENARIO)
        return
    chosen = st.multiselect(
        "Side by side", list(every), _first(dataset, list(every.values())), max_selections=_MOST,
        key="scenarios-shown",
    )  # fmt: skip
    newest = newest_month(dataset)
    found = compare([every[name] for name in chosen], newest_month=newest)
    for one in found:
        if one.stale:
            st.warning(stale(one, newest), icon=":material/history:")
    if found:
        tables.draw(table(found, newest))
        _differ(found)
        _raise(found)


def newest_month(dataset: Dataset) -> str:
    """The newest month with charges that is over."""
    today = f"{desk.today():%Y-%m}"
    return max((p.month for p in dataset.snapshot.charges if p.month < today), default="")


def stale(one: Compared, newest: str) -> str:
    """That a scenario is of an older month than the newest."""
    name = formats.md_escape(one.scenario.name)
    was, now = (formats.month(BillingPeriod.parse(m)) for m in (one.scenario.month, newest))
    return f"**{name} is stale**: it is of {was}, and {now} is in."


def table(found: Sequence[Compared], newest: str) -> Table:
    """A column for each scenario, a row for each figure."""
    rows: dict[str, list[str]] = {
        "Product": [one.scenario.product or "Everything" for one in found],
        "Month": [formats.month(BillingPeriod.parse(one.scenario.month)) for one in found],
        "State": [f"stale: {newest} is in" if one.stale else "current" for one in found],
        **{LABELS[lever]: [_lever(one, lever) for one in found] for lever in _moved(found)},
        "Cost of the month": [_money(one, one.cost) for one in found],
        "Cost of one": [_one(one, one.unit_cost) for one in found],
        "Margin": [_share(one.margin) for one in found],
        "Snapshot": [one.scenario.snapshot for one in found],
        "Saved by": [one.scenario.actor for one in found],
    }
    told = [
        {"Figure": name, **dict(zip((one.scenario.name for one in found), row, strict=True))}
        for name, row in rows.items()
    ]
    config = {"Figure": st.column_config.TextColumn(pinned=True)}
    return tables.records("Scenarios side by side, each with what it was", told, config)


def _first(dataset: Dataset, saved: Sequence[Scenario]) -> list[str]:
    """To begin with: those of the chosen product, else all."""
    product = units.chosen(dataset)
    mine = [one.name for one in saved if (one.product, one.unit) == product]
    return (mine or [one.name for one in saved])[:_MOST]


def _moved(found: Sequence[Compared]) -> list[str]:
    there = {name for one in found for name, _ in one.levers}
    return [name for name in LABELS if name in there]


def _lever(one: Compared, lever: str) -> str:
    place = dict(one.levers).get(lever)
    if place is None:
        return "as it is"
    of = one.scenario.levers.service
    told = formats.percent(place, signed=lever in {"demand", "price"})
    return f"{told} of {of}" if lever == "efficiency" and of else told


def _money(one: Compared, shift: Shift) -> str:
    currency = one.scenario.currency
    return f"{units.short(shift.would, currency)} (was {units.short(shift.was, currency)})"


def _one(one: Compared, shift: Shift) -> str:
    currency = one.scenario.currency
    return f"{units.money(shift.would, currency)} (was {units.money(shift.was, currency)})"


def _share(shift: Shift) -> str:
    was, would = (formats.NONE if n is None else formats.percent(n) for n in shift)
    return f"{would} (was {was})"


def _differ(found: Sequence[Compared]) -> None:
    """The assumptions that not all of them make."""
    told = [(one.scenario.name, said) for one in found for said in one.own]
    if told and len(found) > 1:
        with st.expander("Assumptions in which they differ", icon=":material/difference:"):
            lines = (f"- {formats.md_escape(name)}: {formats.md_escape(s)}" for name, s in told)
            st.markdown("\n".join(lines))


def _raise(found: Sequence[Compared]) -> None:
    """Put one of them on the agenda of the next meeting."""

    def fields(turn: str) -> tuple[str, str]:
        name: str = st.selectbox(
            "Scenario", [one.scenario.name for one in found], key=f"{turn}-name"
        )
        comment = st.text_input("What shall be decided?", key=f"{turn}-comment")
        st.caption("Its levers, figures, snapshot and every assumption go with it.")
        return name, comment

    def work(told: tuple[str, str], call: Call) -> str:
        name, comment = told
        one = next(one for one in found if one.scenario.name == name)
        proposed.put_forward(desk.workspace(), one, comment=comment, call=call)
        return f"{name} is on the agenda of the next meeting."

    with st.expander("Put one before the review meeting", icon=":material/campaign:"):
        button = "Raise to the meeting", Permission.REVIEW
        once.ask("raise-scenario", button, fields, work, place=TOLD)

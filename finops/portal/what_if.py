"""What if: the levers of a product, and what they make of its cost, live.

Moving a slider reruns this view alone and asks nothing: all is worked out from what was prepared.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from finops.invoicing.explanations import amount_of
from finops.portal import charts
from finops.portal import drawing
from finops.portal import fit_chart
from finops.portal import formats
from finops.portal import scope_bar
from finops.portal import sliders
from finops.portal import tables
from finops.portal import unit_charts
from finops.portal import unit_tables
from finops.portal import units
from finops.portal.unit_charts import LABELS
from finops.unit_economics import levers as work
from finops.unit_economics.model import Method
from finops.unit_economics.ratios import power_cost

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.unit_economics.levers import Levers
    from finops.unit_economics.levers import Outcome
    from finops.unit_economics.prepared import Prepared

_DAYS = 30
_HALF = 400
_SHOWN = Decimal("0.0005")
"""A margin that moved by less is told as it was: one decimal of a percent."""
_MEANS = {
    "Cost of one": "Cost of the month divided by its units, with the levers where they stand.",
    "Cost of the month": "What the month would have cost with the levers where they stand.",
    "Margin": "What is left of revenue after cloud cost, in percent of revenue.",
    "Break-even": "So many units a month earn just what they cost.",
    "Budget is gone": "The first day on which the year's budget is over, at this cost a day.",
    "Range of the month": "How far the cost may lie off by the 95 % interval of the fit.",
}


def draw(dataset: Dataset) -> None:
    """The levers, what they make of the month, and what matters most."""
    found = units.ready(dataset, scope_bar.lens())
    if found is None or found.now.average is None:
        st.markdown(units.NOTHING)
        return
    if not found.model.known:
        st.warning(formats.md_escape(" ".join(found.model.said)), icon=":material/help:")
    stands = sliders.levers(found)
    sliders.buttons(found)
    outcome = work.pull(found.base, stands)
    _figures(found, stands, outcome)
    _remarks(found, stands, outcome)
    with st.grid(2, min_column_width=_HALF):
        with st.container():
            _steps(found, outcome)
        with st.container():
            _most(found, stands, outcome)
        with st.container():
            _follows(found, outcome)
        with st.container():
            _assumed(found)
    _solve(found, stands)


def _figures(found: Prepared, stands: Levers, outcome: Outcome) -> None:
    """The live figures, each beside what it was, with what it means."""
    now, currency = found.now, found.now.currency
    even = work.break_even(found.base, stands)
    spread = found.spread(outcome.units)
    low, high = (units.short(outcome.cost + sign * spread, currency) for sign in (-1, 1))
    between = f"{low.removesuffix(currency).strip()} to {high}"
    earned = found.base.revenue > 0 and outcome.margin is not None
    told = (
        ("Cost of one", units.money(outcome.unit_cost, currency),
         _moved(outcome.unit_cost, now.average)),
        ("Cost of the month", units.short(outcome.cost, currency), _moved(outcome.cost, now.cost)),
        ("Margin", formats.percent(outcome.margin) if earned and outcome.margin is not None
         else formats.NONE, _points(outcome.margin, now.margin) if earned else None),
        (f"Break-even ({now.unit})", formats.NONE if even is None else formats.count(round(even)),
         None),
        ("Budget is gone", _budget_day(found, outcome), None),
        ("Range of the month", between if spread else "as it was", None),
    )  # fmt: skip
    with st.grid(columns="auto", min_column_width=200, gap="xsmall"):
        for label, value, moved in told:
            st.metric(
                label, value, delta=moved, delta_color="off", border=True, height="stretch",
                delta_arrow="down" if moved and moved.startswith("\u2212") else "up",
                help=_MEANS[label.partition(" (")[0]],
            )  # fmt: skip


def _moved(new: Decimal | None, was: Decimal | None) -> str | None:
    return formats.change(new, was) if new is not None and was and new != was else None


def _points(new: Decimal | None, was: Decimal | None) -> str | None:
    moved = None if new is None or was is None else new - was
    return formats.points(moved) if moved and abs(moved) >= _SHOWN else None


def _budget_day(found: Prepared, outcome: Outcome) -> str:
    """The day on which the year's budget is gone at this cost a day, in few words."""
    if found.allowance is None:
        return "no budget"
    day = found.allowance.crossed(outcome.cost / Decimal(found.now.days or _DAYS))
    return formats.day(day) if day else "not this year"


def _remarks(found: Prepared, stands: Levers, outcome: Outcome) -> None:
    """Whether volume goes beyond what was seen, other lines through it, and whose the budget is."""
    if found.outside(outcome.units):
        st.warning("So much volume was never seen: the line goes beyond its data.")
    if stands.demand and found.elasticity is not None:
        st.caption(_otherwise(found, stands.demand, found.elasticity))
    if found.allowance and found.allowance.whose:
        whose = formats.md_escape(found.allowance.whose)
        st.caption(f"The budget is that of {whose}, at this cost a day from here on.")


def _otherwise(found: Prepared, demand: Decimal, elasticity: Decimal) -> str:
    """What the demand alone would cost by a power law, and in plain proportion."""
    cost, currency = found.base.cost, found.now.currency
    power, even = power_cost(cost, elasticity, demand), cost * (1 + demand)
    line = cost + found.base.variable * demand
    told = [units.short(one, currency) for one in (line, power, even)]
    return (
        f"That demand alone costs {told[0]} by the fitted line, {told[1]} by a power law of "
        f"elasticity {elasticity:.2f}; in proportion it would be {told[2]}."
    )


def _steps(found: Prepared, outcome: Outcome) -> None:
    """From the actual cost to the scenario's, a step a lever."""
    month = formats.month(found.now.period)
    moved = [charts.Step(LABELS[one.lever], one.amount) for one in outcome.steps if one.amount]
    steps = [charts.Step(month, outcome.start), *moved, charts.Step("Scenario", outcome.cost)]
    table = tables.records(
        "What each lever changes",
        [{"Step": s.name, f"Amount ({found.now.currency})": round(s.amount, 2)} for s in steps],
    )
    with drawing.headed("What each lever changes", "From the month as it was to the scenario."):
        if not moved:
            st.markdown("No lever is moved: this is the month as it was, to the cent.")
            return
        chart = charts.walk(steps, found.now.currency, room=unit_charts.ROOM)
        drawing.show(chart, table, key="what-if-steps")


def _most(found: Prepared, stands: Levers, outcome: Outcome) -> None:
    """What each lever could make of it from here, what matters most first."""
    usable = {k: v for k, v in found.bounds.items() if found.model.known or k not in _FITTED}
    swings = work.tornado(found.base, stands, usable)
    table = unit_tables.swings(swings, found.now.currency)
    chart = unit_charts.tornado(swings, outcome.cost, found.now.currency)
    with drawing.headed("What matters most", "How far each lever alone moves it from here."):
        drawing.show(chart, table, key="what-if-most")


def _follows(found: Prepared, outcome: Outcome) -> None:
    """How cost follows volume, and where the levers stand on it."""
    days = found.now.days if found.model.method is not Method.MONTHLY else 1
    chart = fit_chart.fit(found, outcome.units / Decimal(days or 1))
    with drawing.headed("How cost follows volume", "The cost model; shaded was never seen."):
        if chart.empty:
            st.markdown(formats.md_escape(" ".join(found.model.said)))
            return
        drawing.show(chart, unit_tables.points(found), key="what-if-fit")


def _assumed(found: Prepared) -> None:
    """Every assumption, in words."""
    with drawing.headed("What is assumed", "Every assumption behind these figures."):
        st.markdown("\n".join(f"- {formats.md_escape(one)}" for one in found.assumptions))


_FITTED = frozenset({"demand", "efficiency"})


def _solve(found: Prepared, stands: Levers) -> None:
    """Where one lever must stand for a unit to cost the target."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = st.text_input(
            f"Target for one ({found.now.currency})", key=sliders.key(found, "target"), width=200,
            placeholder="0.15", bind="query-params",
        )  # fmt: skip
        lever: str = st.selectbox(
            "Reached by", list(LABELS), format_func=LABELS.__getitem__, index=1, width=200,
            key=sliders.key(found, "by"), bind="query-params",
        )  # fmt: skip
    if not target:
        return
    place = work.solve(found.base, stands, lever, target=amount_of(target))
    if place is None:
        st.markdown(f"{LABELS[lever]} alone does not reach it.")
        return
    low, high = found.bounds[lever]
    beyond = "" if low <= place <= high else ", which is beyond its bounds"
    st.markdown(f"**{LABELS[lever]} must stand at {formats.percent(place)}**{beyond}.")

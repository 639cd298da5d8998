"""Unit change: why a unit costs other than the month before, worked out once, and in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.measures import ask
from finops.portal import charts
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import inputs
from finops.portal import tables
from finops.portal import units
from finops.portal.memory import Memory
from finops.unit_economics.attribution import attributed
from finops.unit_economics.attribution import MEANINGS
from finops.unit_economics.sources import sources

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.portal.lens import Lens
    from finops.portal.tables import Table
    from finops.unit_economics.attribution import Attribution
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.prepared import Prepared

PARTS = {
    "demand": "Demand",
    "efficiency": "Efficiency",
    "mix": "Mix",
    "rate": "Rates",
    "rest": "New, retired, fees",
}
"""What each part of a change is called."""
FIRST = "The month before has no unit cost, so there is no change to explain."
GAP = "One of the two months lacks days, so the bill's months are not those of the units."
_KEPT = 200
_SHOWN = Decimal("0.0001")
"""A part below this share of the unit cost is no bar."""


def before(found: Prepared) -> UnitCost | None:
    """The month before the chosen one, where it has a unit cost."""
    wanted = found.now.period.plus(-1)
    return next((one for one in found.trend if one.period == wanted and one.average), None)


def why(found: Prepared, lens: Lens) -> Attribution | None:
    """Why the month's unit cost differs from that of the month before; None where untold."""
    earlier = before(found)
    return None if earlier is None else between(earlier, found.now, found.marginal, lens)


def between(
    earlier: UnitCost, now: UnitCost, marginal: Decimal | None, lens: Lens
) -> Attribution | None:
    """Why one month's unit cost differs from that of the one before, worked out once."""
    whole = desk.whole()
    known = inputs.seen(whole)
    key = (*desk.looked_at(whole), earlier, now, marginal, lens.rule)

    def work() -> Attribution | None:
        of = sources(desk.workspace(), whole, known, ask=ask, rule=lens.rule)
        return attributed(of, earlier, now, marginal)

    return _kept().get(key, work)


def sentence(dataset: Dataset, lens: Lens) -> str:
    """What a unit cost, against the month before and mostly why, and who is served at a loss."""
    units.choose(dataset)
    found = units.ready(dataset, lens)
    if found is None:
        return units.NO_PRODUCT if dataset.limited else units.NO_UNIT_COST
    told = why(found, lens)
    return units.sentence(found, phrase(told, found.now.currency) if told else "")


def phrase(told: Attribution, currency: str) -> str:
    """The part that moved it most, in the direction in which it moved; empty where none did."""
    same = [one for one in told.parts if one[1] and (one[1] > 0) == (told.change > 0)]
    if not same or not told.change:
        return ""
    name, amount = same[0]
    by = units.as_precise_as(told.after)(Amount(amount, currency), signed=True)
    return f"mostly {PARTS[name].lower()} ({by})"


def draw(found: Prepared, lens: Lens) -> None:
    """The walk from the month before to this one, and whose part each step is."""
    earlier, told = before(found), why(found, lens)
    if told is None or earlier is None:
        st.markdown(FIRST if earlier is None else GAP)
        return
    currency = found.now.currency
    ends = formats.month(earlier.period), formats.month(found.now.period)
    shown = told.after * _SHOWN
    steps = [charts.Step(PARTS[name], n) for name, n in told.parts if abs(n) > shown]
    walk = [charts.Step(ends[0], told.before), *steps, charts.Step(ends[1], told.after)]
    chart = charts.walk(walk, currency, write=units.as_precise_as(told.after))
    drawing.show(chart, table(told, found.now), key="unit-change")
    by = units.as_precise_as(told.after)(Amount(abs(told.efficiency), currency))
    word = "dearer" if told.efficiency > 0 else "cheaper"
    st.caption(f"Efficiency alone is engineering's: it made one unit {by} {word}.")


def table(told: Attribution, now: UnitCost) -> Table:
    """The parts of a change and what each means."""
    write = units.as_precise_as(told.after)
    return tables.records(
        "Why a unit costs other than the month before",
        [
            {
                "Part": PARTS[name],
                f"{now.currency} for one": write(Amount(amount, ""), signed=True).strip("\u00a0"),
                "Meaning": MEANINGS[name],
            }
            for name, amount in told.parts
        ],
    )


@st.cache_resource(show_spinner=False)
def _kept() -> Memory[Attribution | None]:
    return Memory(_KEPT)

"""Scenario forms: keep what the levers say under a name, and say better than the fit.

They stand in a view of their own, below the levers: a lever that moves has no form to draw again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.invoicing.explanations import amount_of
from finops.portal import desk
from finops.portal import once
from finops.portal import scope_bar
from finops.portal import sliders
from finops.portal import units
from finops.unit_economics import coefficients
from finops.unit_economics import scenarios

if TYPE_CHECKING:
    from finops.dataset import Dataset
    from finops.unit_economics.prepared import Prepared

TOLD = "scenario-told"


def draw(dataset: Dataset) -> None:
    """The forms of a product's scenario; nothing where there is no cost of one."""
    found = units.ready(dataset, scope_bar.lens())
    if found is None or found.now.average is None:
        st.markdown(units.NOTHING)
        return
    once.told(TOLD)
    _save(found)
    _declare(found)


def _save(found: Prepared) -> None:
    """Name what is seen, and keep it; the page's address shows it to anybody else."""
    key, turn = once.form("scenario")
    with st.form(f"{turn}-form", enter_to_submit=False):
        name = st.text_input("Name of the scenario", key=f"{turn}-name", max_chars=80)
        sent = once.send("Save scenario", turn, Permission.WRITE_SCENARIOS)
        st.caption("The address of this page shows another reader the same levers.")
    if sent:
        once.do("scenario", partial(_kept, found, name, key), place=TOLD)


def _kept(found: Prepared, name: str, key: str) -> str:
    stands = sliders.stands(found)
    scenario = scenarios.of(found, stands, name=name)
    done = scenarios.save(
        desk.workspace().store, **desk.call(key),
        scenario=scenario, body=[name, scenario.snapshot, str(stands)],
    )  # fmt: skip
    return f"{done.name} is saved."


def _declare(found: Prepared) -> None:
    """Say a coefficient of the cost model in place of the fitted one, with a reason."""
    key, turn = once.form("coefficient")
    meanings = coefficients.MEANINGS
    with (
        st.expander("Declare a coefficient of the cost model", icon=":material/edit_note:"),
        st.form(f"{turn}-form", enter_to_submit=False),
    ):
        name: str = st.selectbox(
            "Coefficient", list(meanings), key=f"{turn}-coefficient",
            format_func=lambda one: f"{one}: {meanings[one]}",
        )  # fmt: skip
        amount = st.text_input(f"Amount ({found.now.currency})", key=f"{turn}-amount")
        reason = st.text_input("Reason", key=f"{turn}-reason")
        sent = once.send("Declare", turn, Permission.WRITE_SCENARIOS)
    if sent:
        told = (name, amount, reason)
        once.do("coefficient", partial(_declared, found, told, key), place=TOLD)


def _declared(found: Prepared, told: tuple[str, str, str], key: str) -> str:
    name, amount, reason = told
    said = coefficients.Coefficient(
        product=found.now.product, unit=found.now.unit, name=name, amount=amount_of(amount),
        currency=found.now.currency, reason=reason,
    )  # fmt: skip
    coefficients.declare(
        desk.workspace().store, **desk.call(key),
        said=said, body=[found.now.product, found.now.unit, *told],
    )  # fmt: skip
    return f"{name} is declared."

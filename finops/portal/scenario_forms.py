"""Scenario forms: keep what the levers say under a name, and say better than the fit.

They stand in a view of their own, below the levers: a lever that moves has no form to draw again.
"""

from __future__ import annotations

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
    from finops.access.command import Call
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

    def fields(turn: str) -> str:
        name = st.text_input("Name of the scenario", key=f"{turn}-name", max_chars=80)
        st.caption("The address of this page shows another reader the same levers.")
        return name

    def work(name: str, call: Call) -> str:
        stands = sliders.stands(found)
        scenario = scenarios.of(found, stands, name=name)
        done = scenarios.save(
            desk.workspace().store, **call,
            scenario=scenario, body=[name, scenario.snapshot, str(stands)],
        )  # fmt: skip
        return f"{done.name} is saved."

    button = "Save scenario", Permission.WRITE_SCENARIOS
    once.ask("scenario", button, fields, work, place=TOLD)


def _declare(found: Prepared) -> None:
    """Say a coefficient of the cost model in place of the fitted one, with a reason."""
    meanings = coefficients.MEANINGS

    def fields(turn: str) -> tuple[str, str, str]:
        name: str = st.selectbox(
            "Coefficient", list(meanings), key=f"{turn}-coefficient",
            format_func=lambda one: f"{one}: {meanings[one]}",
        )  # fmt: skip
        amount = st.text_input(f"Amount ({found.now.currency})", key=f"{turn}-amount")
        return name, amount, st.text_input("Reason", key=f"{turn}-reason")

    def work(told: tuple[str, str, str], call: Call) -> str:
        name, amount, reason = told
        said = coefficients.Coefficient(
            product=found.now.product, unit=found.now.unit, name=name, amount=amount_of(amount),
            currency=found.now.currency, reason=reason,
        )  # fmt: skip
        coefficients.declare(
            desk.workspace().store, **call,
            said=said, body=[found.now.product, found.now.unit, *told],
        )  # fmt: skip
        return f"{name} is declared."

    with st.expander("Declare a coefficient of the cost model", icon=":material/edit_note:"):
        button = "Declare", Permission.WRITE_SCENARIOS
        once.ask("coefficient", button, fields, work, place=TOLD)

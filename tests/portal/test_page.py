"""A page is declared, then drawn; its views stand and fall alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def script() -> None:

    import streamlit as st  # noqa: PLC0415

    from finops.access.roles import Permission  # noqa: PLC0415
    from finops.errors import UsageError  # noqa: PLC0415
    from finops.portal import scope_bar  # noqa: PLC0415
    from finops.portal.page import Page  # noqa: PLC0415
    from finops.portal.page import Persona  # noqa: PLC0415

    page = Page(
        title="Probe",
        icon="",
        persona=Persona.FINANCE,
        question="Does it hold?",
        needs=Permission.READ_COST,
    )

    @page.says
    def answer(_: object) -> str:
        return "It does."

    @page.view("Broken", asks="What if?", half=True)
    def broken(_: object) -> None:
        message = "It is broken."
        raise UsageError(message)

    @page.view("Whole", asks="And then?", half=True)
    def whole(_: object) -> None:
        st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
        st.toggle("Turn", key="turn")

    scope_bar.draw()
    page.run()


def test_a_view_that_fails_leaves_the_others_standing(
    three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(three_months))
    at = AppTest.from_function(script, default_timeout=60).run()
    assert [head.value for head in at.subheader] == ["Broken", "Whole"]
    assert at.error[0].value == r"It is broken\."
    assert at.session_state["drawn"] == 1
    assert "It does." in at.markdown[0].value

"""What the reader can choose, and what a link may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def script() -> None:
    import streamlit as st  # noqa: PLC0415

    from finops.portal import scope_bar  # noqa: PLC0415

    scope_bar.draw()
    st.markdown(repr(scope_bar.chosen()))


def bar(workspace: Path, monkeypatch: pytest.MonkeyPatch, **address: str | list[str]) -> AppTest:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(workspace))
    at = AppTest.from_function(script, default_timeout=60)
    at.query_params.update(address)
    return at.run()


def test_it_opens_on_the_newest_month_that_is_in(
    three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = bar(three_months, monkeypatch)
    assert at.selectbox(key="period").options == [
        "November 2026 (FY26 Q4 P11)",
        "October 2026 (FY26 Q4 P10)",
        "September 2026 (FY26 Q3 P09)",
    ]
    assert str(at.selectbox(key="period").value) == "2026-10"


def test_one_currency_is_no_choice(three_months: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = bar(three_months, monkeypatch)
    assert [box.key for box in at.selectbox] == ["period"]


def test_the_unowned_can_be_chosen_and_stand_last(
    three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = bar(three_months, monkeypatch)
    assert at.multiselect(key="team").options == ["ml", "search", "UNALLOCATED"]


def test_a_link_narrows_to_what_it_names(
    three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = bar(three_months, monkeypatch, team=["ml", "search", "evil"], period="2026-11")
    lens = at.session_state["lens"]
    assert lens.filters == (("x_Team", frozenset({"ml", "search"})),)
    assert str(lens.period) == "2026-11"


def test_where_charges_are_converted_the_rates_can_be_chosen_and_stand_in_the_link(
    abroad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = bar(abroad, monkeypatch)
    assert at.selectbox(key="rates").options == [
        "Usual", "Average", "Month-end", "Constant currency",
    ]  # fmt: skip
    assert at.session_state["lens"].rule.told == "each month's usual rate"
    at = bar(abroad, monkeypatch, rates="Month-end")
    assert at.session_state["lens"].rule.told == "each month's month-end rate"
    at = bar(abroad, monkeypatch, rates="Constant currency")
    assert at.session_state["lens"].rule.constant == "2026-09"
    at = bar(abroad, monkeypatch, rates="Contract")
    assert at.session_state["lens"].rule.told == "each month's usual rate"


def test_what_is_told_as_billed_needs_no_rate(
    abroad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = bar(abroad, monkeypatch, currency="EUR as billed")
    assert [box.key for box in at.selectbox] == ["period", "currency"]

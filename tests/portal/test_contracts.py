"""Contracts in words and as a table; the page is in tests/pages/test_product.py."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from finops.portal import contracts
from finops.unit_economics.attribution import Attribution
from finops.unit_economics.targets import Target
from finops.unit_economics.tracked import tracked
from tests.pages import bills
from tests.unit_economics.conftest import october
from tests.unit_economics.conftest import of_shop
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.tracked import Tracked

__all__ = ["october", "of_shop", "sold"]
D = Decimal


def told(october: Prepared, amount: str, currency: str = "USD") -> tuple[Tracked, ...]:
    terms = Target(
        product="shop", unit="orders", month="2026-09", amount=D(amount), currency=currency,
        proposed_by="mei", agreed_by="amara",
    )  # fmt: skip

    def why(_: UnitCost, __: UnitCost) -> Attribution:
        return Attribution(D("0.3"), D(0), D("-0.01"), D("0.02"), D(0), D(0), D("0.31"))

    return tracked((terms,), october, why)


def test_the_last_month_is_told_with_engineerings_part(october: Prepared) -> None:
    said = contracts.sentence(told(october, "0.9")).replace("\u00a0", " ")
    assert said.startswith("**October 2026 kept the contract**: 0.6")
    assert said.endswith("Since September 2026, engineering's part made one 0.0200 USD cheaper.")
    assert "missed the contract" in contracts.sentence(told(october, "0.1"))
    assert "cannot be held against" in contracts.sentence(told(october, "0.1", "EUR"))


def test_every_month_has_its_parts(october: Prepared) -> None:
    columns = contracts.table(told(october, "0.1")).columns
    assert columns["Month"] == ["September 2026", "October 2026"]
    assert columns["Kept"] == ["no", "no"]
    columns = contracts.moved(told(october, "0.1")).columns
    assert columns["Efficiency (USD)"] == ["\u22120.0100"] * 2
    assert columns["Mix (USD)"] == ["+0.0200"] * 2


def page() -> None:
    """The form of a proposal, in one of two months."""
    from types import SimpleNamespace  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from finops.portal import contracts  # noqa: PLC0415

    month = st.radio("Month", ["2026-09", "2026-10"])
    now = SimpleNamespace(product="shop", unit="orders", period=month, currency="USD")
    contracts._proposing(SimpleNamespace(now=now))  # type: ignore[arg-type] # noqa: SLF001


def test_a_proposal_begins_with_the_month_that_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.nothing(tmp_path)))
    app = AppTest.from_function(page, default_timeout=60).run()
    assert [one.value for one in app.text_input] == ["", "2026-09", ""]
    app.radio[0].set_value("2026-10").run()
    assert [one.value for one in app.text_input] == ["", "2026-10", ""]
    assert not app.exception

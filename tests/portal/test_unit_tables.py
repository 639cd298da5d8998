"""Tables of unit economics: units in every head, and what is not known says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.portal import unit_tables
from finops.unit_economics.levers import Swing
from finops.unit_economics.portfolio import served
from finops.unit_economics.portfolio import Standing
from finops.unit_economics.targets import Target
from tests.unit_economics.conftest import october
from tests.unit_economics.conftest import of_shop
from tests.unit_economics.conftest import sold
from tests.unit_economics.test_scenarios import PLAN

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared

__all__ = ["october", "of_shop", "sold"]
TARGET = Target(
    product="shop", unit="orders", month="2026-07", amount=Decimal("0.25"), currency="USD"
)


def test_figures_that_are_not_known_say_why(october: Prepared) -> None:
    told = unit_tables.values(october)
    assert told["correlation"] == "not enough months"
    assert told["marginal"].replace("\u00a0", " ") == "0.1000 USD"


def test_months_and_segments_are_in_their_units(october: Prepared) -> None:
    assert "Units (orders)" in unit_tables.trend(october).columns
    found = served((Standing(october.now, october.trend[-2]),))
    assert "Cost to serve (USD)" in unit_tables.segments(found, ["bulk", "retail"]).columns
    days = unit_tables.points(october).columns
    assert {"Units (orders)", "Usage (USD)"} < set(days)


def test_every_product_has_its_change_and_who_is_at_a_loss(october: Prepared) -> None:
    table = unit_tables.products((Standing(october.now, october.trend[-2]),), str.upper).columns
    assert (table["Product"], table["At a loss"]) == (["SHOP"], ["bulk"])
    assert "%" in str(table["Change"][0])


def test_a_scenario_that_a_newer_month_overtook_says_so() -> None:
    table = unit_tables.scenarios([PLAN, replace(PLAN, month="2026-11")], "2026-11")
    assert table.columns["State"] == ["stale: 2026-11 is in", "current"]


def test_a_contract_is_kept_or_not_and_proposals_wait(october: Prepared) -> None:
    agreed = replace(TARGET, amount=Decimal("0.9"), agreed_by="amara")
    table = unit_tables.targets([TARGET, agreed], october)
    assert table.columns["Kept"] == ["no", "yes"]
    assert table.columns["Agreed by"] == ["nobody yet", "amara"]


def test_a_swing_is_in_cents() -> None:
    table = unit_tables.swings([Swing("price", Decimal(1), Decimal("2.005"))], "USD")
    assert table.columns["Swing (USD)"] == [Decimal("1.00")]
    assert not unit_tables.outcomes((), None).columns  # type: ignore[arg-type]

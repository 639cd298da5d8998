"""Tables of unit economics: units in every head, and what is not known says so."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.portal import unit_tables
from finops.unit_economics.levers import Swing
from finops.unit_economics.portfolio import served
from finops.unit_economics.portfolio import Standing
from tests.unit_economics.conftest import october
from tests.unit_economics.conftest import of_shop
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared

__all__ = ["october", "of_shop", "sold"]


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


def test_a_swing_is_in_cents() -> None:
    table = unit_tables.swings([Swing("price", Decimal(1), Decimal("2.005"))], "USD")
    assert table.columns["Swing (USD)"] == [Decimal("1.00")]
    assert not unit_tables.outcomes((), None).columns  # type: ignore[arg-type]

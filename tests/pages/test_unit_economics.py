"""The page of unit economics: months, segments and figures of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.unit_economics.ratios import DEFINITIONS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGE = "inform/unit_economics.py"


def test_every_figure_stands_beside_its_definition(visit: Visit, selling: Path) -> None:
    at = visit(selling, PAGE)
    figures = {one.label: str(one.value).replace("\u00a0", " ") for one in at.metric}
    assert figures["Marginal unit cost"] == "0.1000 USD"
    assert figures["Correlation of growth"] == "not enough months"
    said = [one.value for one in at.caption]
    assert all(one.definition in said for one in DEFINITIONS)


def test_every_product_stands_beside_the_others(visit: Visit, selling: Path) -> None:
    at = visit(selling, PAGE)
    shown = next(one.value for one in at.dataframe if "At a loss" in one.value)
    assert (list(shown["Product"]), list(shown["At a loss"])) == (["shop"], ["bulk"])


def test_it_says_whose_part_a_change_is(visit: Visit, selling: Path) -> None:
    at = visit(selling, PAGE)
    assert any("Efficiency alone is engineering's" in one.value for one in at.caption)
    at.toggle(key="table-unit-change").set_value(True).run()
    shown = next(one.value for one in at.dataframe if "Part" in one.value)
    assert set(shown["Part"]) == {"Demand", "Efficiency", "Mix", "Rates", "New, retired, fees"}


def test_segments_below_zero_are_named(visit: Visit, selling: Path) -> None:
    at = visit(selling, PAGE)
    assert any("Below zero: shop bulk." in one.value for one in at.caption)
    at.toggle(key="table-unit-segments").set_value(True).run()
    shown = next(one.value for one in at.dataframe if "Segment" in one.value)
    assert list(shown["Segment"]) == ["shop bulk", "shop retail"]


def test_months_can_be_read_as_a_table(visit: Visit, selling: Path) -> None:
    at = visit(selling, PAGE)
    at.toggle(key="table-unit-trend").set_value(True).run()
    shown = next(one.value for one in at.dataframe if "Days missing" in one.value)
    assert list(shown["Month"]) == ["August 2026", "September 2026", "October 2026"]
    assert list(shown["Days missing"]) == [0, 0, 0]


def test_days_without_units_are_told(visit: Visit, planned: Path) -> None:
    at = visit(planned, PAGE)
    assert any(
        "1 day of October 2026 lacks units or charges and is left out" in one.value
        for one in at.caption
    )

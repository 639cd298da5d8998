"""`finops unit` and `finops scenario` on the shop that can be added up by hand."""

from __future__ import annotations

import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.unit_economics import shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop.sold(tmp_path_factory.mktemp("unit"))


@pytest.fixture
def selling(finops: Finops, made: Path, workspace: Path) -> Finops:
    """The command line in a copy of the shop's workspace."""
    shutil.copytree(made, workspace, dirs_exist_ok=True)
    return finops


def test_a_unit_costs_what_the_shop_spends_by_its_orders(selling: Finops) -> None:
    found = selling("unit", "--json").document
    assert found["period"] == "2026-10"
    (one,) = found["products"]
    assert Decimal(one["cost"]) == 620 + Decimal(one["units"]) / 10
    assert (one["marginal"], one["at_a_loss"], one["missing"]) == ("0.1", ["bulk"], [])
    assert one["growth"]["correlation"] is None
    assert set(found["definitions"]) >= {"average", "marginal", "margin"}
    assert "shop: bulk is served at a loss." in selling("unit").out


def test_without_units_it_says_which_file_brings_them(loaded: Finops) -> None:
    assert loaded("unit", "--json").document["products"] == []
    assert "Bring them with `finops metrics add FILE`" in loaded("unit").out


def test_a_product_nobody_counts_is_refused(selling: Finops) -> None:
    answer = selling("unit", "--product", "luck")
    assert answer.code == 2
    assert "No units of product 'luck' are in. Products: shop." in answer.err


def test_a_scenario_is_saved_shown_and_listed(selling: Finops) -> None:
    assert "no scenarios yet" in selling("scenario", "list").out
    saved = selling("scenario", "save", "Peak", "--product", "shop", "--demand", "0.2", "--json")
    grown = Decimal(saved.document["scenario_cost"]) - Decimal(saved.document["actual_cost"])
    assert grown == Decimal(saved.document["actual_units"]) / 50
    shown = selling("scenario", "show", "Peak", "--json").document
    assert (shown["levers"]["demand"], shown["stale"]) == ("0.2", False)
    assert shown["assumptions"]
    assert Decimal(shown["step_demand"]) == grown
    (listed,) = selling("scenario", "list", "--json").document["scenarios"]
    assert listed["name"] == "Peak"
    assert "Peak" in selling("scenario", "list").out


@pytest.mark.parametrize("wrong", [("--demand", "much"), ("--service", "Luck")])
def test_a_lever_that_is_none_is_refused(selling: Finops, wrong: tuple[str, str]) -> None:
    words = ("scenario", "save", "Bad", "--product", "shop", "--efficiency", "0.1", *wrong)
    assert selling(*words).code == 2
    assert selling("scenario", "show", "Bad").code == 2


def test_a_scenario_of_an_older_month_is_stale(selling: Finops) -> None:
    selling("scenario", "save", "Old", "--product", "shop", "--period", "2026-09")
    assert selling("scenario", "show", "Old", "--json").document["stale"] is True

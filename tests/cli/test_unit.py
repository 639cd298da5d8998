"""`finops unit` and `finops scenario` on the shop that can be added up by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Finops


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


def test_a_contract_is_followed_by_month_with_whose_part_each_change_is(selling: Finops) -> None:
    assert selling("unit", "--json").document["products"][0]["contract"] is None
    terms = ("shop", "0.25", "--from", "2026-09")
    assert selling("--as", "mei", "target", "propose", *terms, "--reason", "plan").code == 0
    assert selling("--as", "amara", "target", "agree", *terms).code == 0
    (one,) = selling("unit", "--json").document["products"]
    assert (one["contract"]["target"], one["contract"]["agreed_by"]) == ("0.25", "amara")
    assert [month["period"] for month in one["tracked"]] == ["2026-09", "2026-10"]
    last = one["tracked"][-1]
    assert abs(Decimal(last["over"]) - Decimal(one["average"]) + Decimal("0.25")) < 1e-20
    before = Decimal(one["tracked"][0]["average"])
    assert abs(sum(map(Decimal, last["why"].values())) - Decimal(last["average"]) + before) < 1e-20
    told = selling("unit").out
    assert "proposed by mei and agreed by amara. Efficiency alone is engineering's." in " ".join(
        told.split()
    )

"""Rates: what commitments cover, cost and leave unused, of a product or of everybody."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.period import BillingPeriod
from finops.unit_economics.rates import Rates
from finops.unit_economics.rates import rates_of

if TYPE_CHECKING:
    from finops.measures import Answer
    from finops.measures import Query
    from finops.unit_economics.sources import Sources

D = Decimal
ROWS = (
    ("Used", "Committed", "prod", D(100), D(60)),
    ("Unused", "Committed", "prod", None, D(20)),
    (None, "Standard", "prod", D(50), D(50)),
    (None, "Standard", "dev", D(30), D(30)),
    (None, "Dynamic", "dev", D(9), D(9)),
)


def test_spot_is_apart_and_what_is_outside_production_is_told(of_shop: Sources) -> None:
    def ask(_: object, query: Query) -> Answer:
        return replace(of_shop.ask(of_shop.dataset, query), rows=ROWS)

    found = rates_of(replace(of_shop, ask=ask), "shop", BillingPeriod(2026, 10))
    assert [found.on_demand, found.covered, found.paid, found.idle, found.elsewhere] == [
        D(180), D(100), D(60), D(20), D(39),
    ]  # fmt: skip
    assert (found.discount, found.utilization) == (D("0.4"), D("0.75"))


def test_without_own_commitments_everybodys_say_what_one_would_bring() -> None:
    others = Rates(covered=D(100), paid=D(70), idle=D(30))
    found = Rates(on_demand=D(10), others=others)
    assert (found.discount, found.utilization) == (D("0.3"), D("0.7"))
    assert [Rates().discount, Rates().utilization] == [D(0), D(1)]

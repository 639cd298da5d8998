from __future__ import annotations

from decimal import Decimal

from finops.workloads.coverage import Coverage
from finops.workloads.coverage import optimized
from tests.portal.things import told


def test_coin_1_of_500_of_which_61_667_could_go() -> None:
    found = optimized(Decimal("61.667"), Decimal(500))
    assert found is not None
    assert round(found, 3) == Decimal("87.667")


def test_nothing_that_costs_nothing_has_an_index() -> None:
    assert optimized(Decimal(0), Decimal(0)) is None
    assert Coverage("ml", Decimal(-1), Decimal(0)).optimized is None


def test_the_whole_is_what_the_teams_are_together() -> None:
    found = told()
    assert sum(one.opportunity for one in found.coverage) == found.net
    assert sum(one.cost for one in found.coverage) == found.cost
    assert found.optimized == optimized(found.net, found.cost)

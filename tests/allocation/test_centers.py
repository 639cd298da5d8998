"""By cost center the same cents as by team, whichever way they are shared."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.allocated import allocate
from finops.allocation.centers import allocate_centers
from finops.core.mapping import RuleSet
from finops.core.period import BillingPeriod
from finops.measures import Query

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

POOLS = RuleSet.from_mapping({
    "pools": [
        {"id": "web", "name": "Web", "when": {"x_Team": "web"}, "method": "even",
         "targets": ["search", "pool:help"]},
        {"id": "help", "name": "Help", "when": {"service": "Support"}, "method": "even",
         "targets": ["data", "web"]},
    ],
}).pools  # fmt: skip


def test_what_a_pool_took_and_gave_is_told_by_cost_center(market: Workspace) -> None:
    asked = Query(measures=("EffectiveCost",), period=BillingPeriod(2026, 6))
    teams = allocate(market.dataset(), POOLS, (), asked)
    found = allocate_centers(market.dataset(), POOLS, (), asked)
    assert found.total == teams.total
    assert found.difference == 0
    told = {one.team: (one.own, one.given, one.shared_total) for one in found.teams}
    assert told == {
        "CC-1": (Decimal(140), 0, Decimal(25)),
        "CC-2": (Decimal(30), Decimal(-30), Decimal(10)),
        "UNALLOCATED": (Decimal(24), Decimal(-5), 0),
    }

"""Too much that nobody owns keeps a month from being charged back, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finops.allocation.allocated import TeamCost
from finops.reporting.chargeback import lacks
from tests.reporting.test_statement import of


def test_what_nobody_owns_is_told_with_its_share() -> None:
    nobody = TeamCost(team="UNALLOCATED", direct=Decimal(20))
    owned = TeamCost(team="search", direct=Decimal(80))
    found = replace(of(owned), teams=(owned, nobody), charges=Decimal(100))
    assert lacks("closed", found) == ("20.0% has no team; at most 10% may",)

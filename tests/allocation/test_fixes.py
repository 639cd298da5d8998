"""What to fix first: the most amount for the least work."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.fixes import fixes
from finops.allocation.fixes import Work
from finops.core.period import BillingPeriod
from finops.measures import Query

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

JULY = Query(measures=("EffectiveCost",), period=BillingPeriod(2026, 7))


def test_a_rule_for_a_whole_account_comes_before_one_for_a_service(market: Workspace) -> None:
    """Account web-prod has 5 of nobody; in account a, where search owns 100, 19 are of nobody."""
    found = fixes(market.dataset(), JULY)
    assert [(fix.account, fix.work, fix.amount, fix.team) for fix in found] == [
        ("a", Work.SERVICE_RULE, Decimal(19), "search"),
        ("web-prod", Work.ACCOUNT_RULE, Decimal(5), ""),
    ]
    assert [fix.score for fix in found] == [Decimal("11.4"), Decimal(5)]

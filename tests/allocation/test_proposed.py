"""What a rule would have done in a month that is closed, and nothing is written for it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.allocation.proposed import proposed
from finops.core.mapping import read_rule
from finops.core.period import BillingPeriod
from finops.errors import InputError
from tests.allocation.conftest import publish

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

JUNE = (BillingPeriod(2026, 6),)


def test_a_proposal_is_laid_before_the_rules_of_the_month_whatever_its_dates(
    market: Workspace,
) -> None:
    held = {"id": "a", "when": {"sub_account": "a"}, "then": {"x_Team": "web"}}
    publish(market, {"rules": [held]})
    before = market.snapshot()
    rule = read_rule(held | {"id": "b", "then": {"x_Team": "data"}, "valid_from": "2027-01"})
    found = proposed(market, market.dataset(), rule, JUNE)
    nets = {one.value: one.effective for one in found.nets if one.dimension == "x_Team"}
    assert nets == {"web": Decimal(-119), "data": Decimal(119)}
    assert {one.month for one in found.moves} == {"2026-06"}
    assert found.zero == 0
    assert market.snapshot() == before


def test_a_proposal_for_nobody_is_refused(market: Workspace) -> None:
    rule = read_rule({"id": "b", "when": {"sub_account": "a"}, "then": {"x_Team": "nobody"}})
    with pytest.raises(InputError, match="nobody"):
        proposed(market, market.dataset(), rule, JUNE)

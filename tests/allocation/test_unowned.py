from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.unowned import unowned
from tests.allocation.conftest import publish

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_what_nobody_owns_is_listed_by_amount_with_a_steward_and_an_age(market: Workspace) -> None:
    stewards = [{"when": {"service": "Support"}, "person": "ben"}]
    publish(market, {"rules": [], "stewards": stewards, "steward": "ana"})
    found = unowned(market.dataset(), "2026-07")
    told = [(o.sub_account, o.service, o.amount, o.steward, o.since, o.age) for o in found.lines]
    assert told == [
        ("a", "VM", Decimal(19), "ana", "2026-06", 2),
        ("c", "Support", Decimal(5), "ben", "2026-06", 2),
    ]
    assert [found.cost, found.amount, found.owned] == [194, 24, 170]
    assert [one.age for one in unowned(market.dataset(), "2026-06").lines] == [1, 1]


def test_each_line_comes_with_the_rule_that_would_catch_it(market: Workspace) -> None:
    first, second = unowned(market.dataset(), "2026-07").lines
    assert first.rule
    assert second.rule
    assert first.rule.then == (("x_Team", "web"),)
    assert first.why == "resources there are named web-…"
    assert second.why == "the account is named web-prod"
    assert first.steward == "FinOps"


def test_what_is_suggested_takes_the_cost_that_it_is_suggested_for(market: Workspace) -> None:
    found = unowned(market.dataset(), "2026-07")
    for line in found.lines:
        assert line.rule
    bodies = [
        {"id": "one", "when": {"sub_account": "a", "resource_name": {"prefix": "web-"}},
         "then": {"x_Team": "web"}},
        {"id": "two", "when": {"sub_account": "c"}, "then": {"x_Team": "web"}},
    ]  # fmt: skip
    publish(market, {"rules": bodies})
    assert [line.amount for line in unowned(market.dataset(), "2026-07").lines] == [7]

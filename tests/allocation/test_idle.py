from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from finops.allocation.idle import Fault
from finops.allocation.idle import Idle
from finops.allocation.idle import idle
from finops.core.mapping import RuleSet
from tests.allocation.conftest import publish

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def rule(name: str, team: str = "search", **when: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"id": name, "when": when, "then": {"x_Team": team}}


RULES = [
    rule("names", "web", resource_name={"prefix": "web-"}),
    rule("account-a", sub_account="a"),
    rule("one-resource", "data", resource="r-8"),
    rule("nobody", sub_account="zz"),
    rule("support", service="Support"),
    rule("late", sub_account="b") | {"valid_from": "2027-01"},
]


def test_rules_that_do_nothing_are_told_with_those_that_stand_before_them(
    market: Workspace,
) -> None:
    publish(market, {"rules": RULES})
    assert idle(market.dataset(), market.root) == (
        Idle(rule="account-a", fault=Fault.OVERLAPS, others=("names",)),
        Idle(rule="one-resource", fault=Fault.SHADOWED, others=("account-a",)),
        Idle(rule="nobody", fault=Fault.NEVER),
        Idle(rule="late", fault=Fault.NEVER),
    )


def test_rules_that_are_not_published_yet_are_looked_at_too(market: Workspace) -> None:
    found = idle(market.dataset(), market.root, RuleSet.from_mapping({"rules": RULES[3:5]}))
    assert found == (Idle(rule="nobody", fault=Fault.NEVER),)
    assert idle(market.dataset(), market.root) == ()

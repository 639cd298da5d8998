from __future__ import annotations

from typing import Any

from finops.allocation.compared import compare
from finops.core.mapping import RuleSet


def rule(name: str, team: str = "search") -> dict[str, Any]:
    return {"id": name, "when": {"sub_account": name}, "then": {"x_Team": team}}


def told(*rules: dict[str, Any], **more: Any) -> RuleSet:  # noqa: ANN401
    return RuleSet.from_mapping({"rules": list(rules)} | more)


def test_nothing_differs_between_a_rule_set_and_itself() -> None:
    assert compare(told(rule("a")), told(rule("a"))) == ()


def test_each_difference_is_said_once_and_in_words() -> None:
    before = told(rule("a"), rule("b"), rule("c"))
    after = told(rule("b", "data"), rule("a"), rule("d"), steward="ana")
    found = compare(before, after)
    assert [(change.kind, change.rule) for change in found] == [
        ("removed", "c"),
        ("changed", "b"),
        ("added", "d"),
        ("moved", "b"),
        ("moved", "a"),
        ("changed", "steward"),
    ]
    assert found[0].words == "c removed"
    assert found[3].words == "b moved from place 2 to 1"
    assert found[5].words == 'steward changed from nothing to "ana"'

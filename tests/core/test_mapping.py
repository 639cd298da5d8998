from __future__ import annotations

from typing import Any

import pytest

from finops.core.mapping import EMPTY
from finops.core.mapping import FINOPS
from finops.core.mapping import RuleSet
from finops.core.mapping import Told
from finops.errors import InputError

BODY: dict[str, Any] = {
    "rules": [
        {
            "id": "one",
            "when": {"sub_account": "4711"},
            "then": {"x_Team": "search"},
            "valid_from": "2026-04",
            "steward": "ana",
            "note": "agreed",
        },
        {
            "id": "two",
            "when": {},
            "then": {
                "x_Team": {
                    "from": "resource_name",
                    "part": 1,
                    "by": "-",
                    "values": {"srch": "search"},
                },
                "x_CostCenter": {"from": "sub_account", "lookup": "accounts", "column": "center"},
            },
            "valid_to": "2026-05",
        },
    ],
    "lookups": {"accounts": {"csv": "account,center\n4711,CC-1\n"}},
    "stewards": [{"when": {"sub_account": "4711"}, "person": "ana"}],
    "steward": "ben",
}


def test_a_rule_set_says_what_was_written_and_is_named_by_it() -> None:
    rules = RuleSet.from_mapping(BODY)
    assert rules.to_mapping() == BODY
    assert RuleSet.from_mapping(rules.to_mapping()) == rules
    assert rules.dimensions == ("x_Team", "x_CostCenter")
    assert rules.by_resource
    told = rules.rules[1].then[1][1]
    assert isinstance(told, Told)
    assert rules.table(told) == (("4711", "CC-1"),)
    assert EMPTY.to_mapping() == {"rules": []}
    assert EMPTY.steward == FINOPS


def test_a_month_has_the_rules_that_hold_in_it_without_what_decides_nothing() -> None:
    rules = RuleSet.from_mapping(BODY)
    assert [rule.id for rule in rules.at("2026-03").rules] == ["two"]
    assert [rule.id for rule in rules.at("2026-04").rules] == ["one", "two"]
    june = rules.at("2026-06")
    assert [(rule.id, rule.valid_from, rule.note, rule.steward) for rule in june.rules] == [
        ("one", None, None, None)
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"then": {}}, r"rules\[0\]\.then: a rule decides at least one"),
        ({"id": None}, r"rules\[0\]\.id"),
        ({"valid_from": "July"}, r"rules\[0\]\.valid_from"),
        ({"then": {"x_Team": {"from": "tag"}}}, r"rules\[0\]\.then\.x_Team"),
        ({"then": {"x_Team": {"from": "region", "lookup": "no", "column": "x"}}}, "no table 'no'"),
        ({"what": "x"}, r"rules\[0\]\.what"),
    ],
)
def test_a_slip_is_named_by_its_path(rule: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        RuleSet.from_mapping({"rules": [{"id": "a", "then": {"x_Team": "b"}} | rule]})


def test_two_rules_of_one_name_are_refused() -> None:
    rule = {"id": "a", "then": {"x_Team": "b"}}
    with pytest.raises(InputError, match=r"rules\[1\]\.id: 'a' stands here twice"):
        RuleSet.from_mapping({"rules": [rule, rule]})

from __future__ import annotations

from typing import Any

import pytest

from finops.core import rule_words
from finops.core.mapping import RuleSet

TABLE = {"accounts": {"csv": "account,team\n1,search\n"}}


@pytest.mark.parametrize(
    ("rule", "when", "then", "holds"),
    [
        ({}, "any charge", "Team a", "always"),
        (
            {"when": {"sub_account": ["1", "2"], "tag:owner|team": {"exists": True}}},
            "sub account is one of 1, 2 and tag owner or team is there",
            "Team a",
            "always",
        ),
        (
            {
                "when": {"resource_name": {"part": 2, "by": "-", "prefix": "x"}},
                "then": {"x_Team": {"from": "sub_account", "lookup": "accounts", "column": "team"}},
                "valid_from": "2026-04",
            },
            "part 2 by '-' of resource name begins with x",
            "Team as the table accounts says of sub account",
            "from 2026-04",
        ),
        (
            {
                "when": {"region": {"regex": "^eu"}, "service": {"exists": False}},
                "then": {"x_Team": "a", "x_Product": {"from": "tag:app"}},
                "valid_from": "2026-04",
                "valid_to": "2026-06",
            },
            "region matches ^eu and service is not there",
            "Team a, Product as tag app says",
            "from 2026-04 to 2026-06",
        ),
    ],
)
def test_a_rule_is_said_in_words(rule: dict[str, Any], when: str, then: str, holds: str) -> None:
    body = {"rules": [{"id": "r", "then": {"x_Team": "a"}} | rule], "lookups": TABLE}
    (one,) = RuleSet.from_mapping(body).rules
    assert (rule_words.when(one), rule_words.then(one), rule_words.validity(one)) == (
        when,
        then,
        holds,
    )

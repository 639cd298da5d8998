from __future__ import annotations

from typing import Any

import pytest

from finops.core.condition import all_hold
from finops.core.condition import read_predicates
from finops.core.condition import write_predicates
from finops.core.document import Node
from finops.errors import InputError

CHARGE = {
    "SubAccountId": "4711",
    "SubAccountName": "shop-PROD-eu",
    "ResourceName": None,
    "ServiceName": " Virtual Machines ",
}
TAGS = {"owner": " Ana ", "env": "prd"}


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({}, True),
        ({"sub_account": "4711"}, True),
        ({"sub_account": ["1", "4711"]}, True),
        ({"sub_account": "4712"}, False),
        ({"service": "virtual machines"}, True),
        ({"sub_account": "4711", "service": "x"}, False),
        ({"sub_account_name": {"prefix": "SHOP-"}}, True),
        ({"sub_account_name": {"regex": "prod|dev"}}, True),
        ({"sub_account_name": {"regex": "^prod"}}, False),
        ({"sub_account_name": {"part": 2, "by": "-", "equals": "prod"}}, True),
        ({"sub_account_name": {"part": -1, "by": "-", "equals": "eu"}}, True),
        ({"sub_account_name": {"part": 4, "by": "-", "exists": True}}, False),
        ({"resource_name": {"exists": False}}, True),
        ({"resource_name": {"prefix": "a"}}, False),
        ({"tag:team|Owner": "ana"}, True),
        ({"tag:Env": {"equals": "prod", "aliases": {"PRD": "prod"}}}, True),
        ({"tag:none": {"exists": True}}, False),
        ({"sub_account_name": [{"prefix": "shop"}, {"regex": "eu$"}]}, True),
    ],
)
def test_a_condition_is_what_it_says(when: dict[str, Any], holds: bool) -> None:  # noqa: FBT001
    predicates = read_predicates(Node(when))
    assert all_hold(predicates, CHARGE, TAGS) is holds
    assert read_predicates(Node(write_predicates(predicates))) == predicates


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"sub_acount": "1"}, "sub_acount: nothing of this name"),
        ({"sub_account": 4711}, "write it in quotes"),
        ({"sub_account": []}, "at least one text"),
        ({"sub_account": {"part": 1, "equals": "a"}}, "part and by go together"),
        ({"sub_account": {"part": 0, "by": "-", "equals": "a"}}, "counted from 1"),
        ({"sub_account": {"like": "a"}}, "like: nothing of this name"),
        ({"sub_account": {"aliases": {"a": "b"}}}, "one of equals, in, prefix, regex, exists"),
        ({"service": {"regex": "("}}, "is no pattern"),
        ({"service": {"regex": "(?=a)"}}, "neither look around"),
        ({"service": {"regex": "a" * 501}}, "at most 500"),
        ({"service": {"exists": "yes"}}, "true or false"),
        ({"tag:": "a"}, "a tag key is empty"),
    ],
)
def test_a_condition_that_cannot_be_read_is_named_by_its_path(
    when: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said.replace("(", r"\(").replace(")", r"\)")):
        read_predicates(Node(when, "when"))

from __future__ import annotations

import re

import pytest

from finops.workloads.findings import findings
from finops.workloads.shares import share_of
from finops.workloads.signs import SIGNS
from finops.workloads.waste_rules import rules
from tests.workloads.cases import CASES
from tests.workloads.cases import estate
from tests.workloads.cases import Pair
from tests.workloads.cases import TODAY

each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda one: one.id)
_ = share_of


@pytest.mark.parametrize("pair", CASES, ids=lambda one: one.rule)
def test_a_rule_finds_what_it_looks_for_and_not_what_is_nearly_it(pair: Pair) -> None:
    found = {one.rule for one in findings(estate(pair.found), today=TODAY)}
    missed = {one.rule for one in findings(estate(pair.missed), today=TODAY)}
    assert pair.rule in found
    assert pair.rule not in missed


def test_every_rule_has_a_case() -> None:
    assert [pair.rule for pair in CASES] == [rule.id for rule in rules()]
    assert len(CASES) >= 25
    assert {rule.finds for rule in rules()} == {name for name, _ in SIGNS}


@each_rule
def test_a_rule_says_what_may_be_wrong_with_it_and_the_way_back(rule: object) -> None:
    for name in ("looks_for", "false_positives", "risk", "effort_hours", "rollback"):
        assert getattr(rule, name), name
    assert getattr(rule, "risk") in {"low", "medium", "high"}  # noqa: B009


@each_rule
def test_the_check_only_reads_and_ec2_tries_first(rule: object) -> None:
    check, fix = getattr(rule, "check"), getattr(rule, "fix")  # noqa: B009
    for part in check.split(" && "):
        assert re.search(r" (describe|list|show|get)[\w-]*( |$)", part), part
    if fix.startswith("aws ec2"):
        assert all("--dry-run" in part for part in fix.split(" && "))

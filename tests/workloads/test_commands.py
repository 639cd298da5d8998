from __future__ import annotations

import shlex
from itertools import chain

import pytest

from finops.workloads.commands import commands
from finops.workloads.waste_rules import rules
from tests.workloads.cases import CASES
from tests.workloads.cases import meter
from tests.workloads.cases import resource

BY_ID = {rule.id: rule for rule in rules()}


@pytest.mark.parametrize("pair", CASES, ids=lambda one: one.rule)
def test_each_command_is_one_that_a_shell_reads_word_by_word(pair: object) -> None:
    rule, found = BY_ID[getattr(pair, "rule")], getattr(pair, "found")  # noqa: B009
    told = commands(rule, found)
    for text in told:
        assert text
        assert "{" not in text
        for part in text.split(" && "):
            assert shlex.split(part)[0] in {"aws", "az", "gcloud"}


@pytest.mark.parametrize(
    "name",
    ["--delete-all", "vol-1; rm -rf /", "a`id`", "vol\nrm", "$(id)", "a|b", "", "-x", "a" * 900],
)
def test_an_id_that_is_none_gets_no_command_that_does_harm(name: str) -> None:
    told = commands(BY_ID["aws-gp2"], resource(meter("x"), id=name))
    words = list(chain.from_iterable(shlex.split(text) for text in told))
    assert "rm" not in words
    assert not any(word in {"--delete-all", "-x"} for word in words)
    assert name == "" or told.fix == "" or shlex.quote(name.rpartition("/")[2]) in told.fix


def test_an_azure_resource_is_named_by_its_whole_id() -> None:
    rule = "azure-unattached-disk"
    told = commands(BY_ID[rule], resource(meter("x"), rule=rule))
    assert "--ids /subscriptions/1/resourceGroups/rg/providers/x/y/z1" in told.check
    assert "--resource-group rg" in told.fix

from __future__ import annotations

import shlex
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from botocore import xform_name
from botocore.session import get_session

from finops.workloads.commands import commands
from finops.workloads.waste_rules import rules
from tests.workloads.cases import CASES
from tests.workloads.cases import meter
from tests.workloads.cases import resource

if TYPE_CHECKING:
    from botocore.session import Session

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


RENAMED = {"kubernetes-version": "version"}
"""What the command line calls otherwise than the service does."""
GLOBAL = {"region"}


@pytest.fixture(scope="module")
def services() -> Session:
    """What AWS says of its services, as boto3 brings it."""
    return get_session()


@pytest.mark.parametrize("name", [one.id for one in rules() if one.provider == "aws"])
def test_every_aws_command_names_an_operation_and_parameters_that_there_are(
    name: str, services: Session
) -> None:
    rule = BY_ID[name]
    found = next(pair.found for pair in CASES if pair.rule == rule.id)
    for text in chain.from_iterable(told.split(" && ") for told in commands(rule, found)):
        _, service, operation, *rest = shlex.split(text)
        model = services.get_service_model(service)
        names = {xform_name(one, "-"): one for one in model.operation_names}
        shape = model.operation_model(names[operation]).input_shape
        members = {xform_name(member, "-"): one for member, one in shape.members.items()}
        given = {word.removeprefix("--") for word in rest if word.startswith("--")} - GLOBAL
        asked = {RENAMED.get(name, name) for name in given}
        flags = {n.removeprefix("no-") for n in asked if n.startswith("no-")}
        assert (asked - {f"no-{name}" for name in flags}) | flags <= members.keys(), text
        assert all(members[name].type_name == "boolean" for name in flags), text
        assert {xform_name(name, "-") for name in shape.required_members} <= asked, text

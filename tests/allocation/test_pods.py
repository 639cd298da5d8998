from __future__ import annotations

import pytest

from finops.allocation.pods import IDLE
from finops.allocation.pods import Pod
from finops.allocation.pods import pod
from finops.allocation.pods import tags_of

ARN = "arn:aws:eks:us-east-1:111122223333:pod/apollo/shop/shop-7d9/0b1c"


@pytest.mark.parametrize(
    ("tags", "resource", "name", "found"),
    [
        ({"aws:eks:namespace": "shop", "aws:eks:cluster-name": "c"}, "x", "", Pod("c", "shop")),
        ({"k8s-namespace": "shop"}, ARN, "", Pod("apollo", "shop")),
        ({}, ARN, "", Pod("apollo", "shop")),
        ({}, "arn:aws:eks:eu-1:1:workload/search-ce50b4", "workload-search", None),
        ({"namespace": "Unused capacity"}, ARN, "", Pod("apollo", IDLE)),
        ({}, "", "", Pod("", IDLE)),
    ],
)
def test_a_part_tells_its_cluster_and_namespace_by_tags_or_by_name(
    tags: dict[str, str], resource: str, name: str, found: Pod | None
) -> None:
    assert pod(tags, resource, name) == (found or Pod("", "workload-search"))


@pytest.mark.parametrize("text", [None, "", "not json", "[1]", '{"a": null}'])
def test_what_is_no_tag_says_nothing(text: object) -> None:
    assert tags_of(text) == {}


def test_keys_are_compared_as_all_tag_keys_are() -> None:
    assert tags_of('{"Kubernetes_Namespace": "shop"}') == {"kubernetes-namespace": "shop"}

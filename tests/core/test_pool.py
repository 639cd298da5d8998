"""Pools are read strictly, written back the same, and ordered so that each is shared in time."""

from __future__ import annotations

from typing import Any

import pytest

from finops.core.document import Node
from finops.core.organization import Organization
from finops.core.pool import check_pools
from finops.core.pool import held
from finops.core.pool import ordered
from finops.core.pool import Pool
from finops.core.pool import read_pools
from finops.core.pool import write_pools
from finops.errors import InputError

PLAIN = {"id": "platform", "when": {"x_Team": "platform"}}


def read(*bodies: dict[str, Any]) -> tuple[Pool, ...]:
    return read_pools(Node(list(bodies), "pools"))


def chained(**to: list[str]) -> list[dict[str, Any]]:
    return [PLAIN | {"id": name, "targets": targets} for name, targets in to.items()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"when": {}}, "pools[0].when: a pool takes some charges and not all"),
        ({"when": {"resource": "i-1"}}, "pools[0].when.resource: a pool takes by an own dimension"),
        ({"when": {"service": []}}, "pools[0].when.service: at least one value"),
        ({"method": "fair"}, "pools[0].method: 'fair' is none of even, fixed, proportional, met"),
        ({"method": "fixed"}, "pools[0].weights: the fixed method needs a weight above 0"),
        ({"method": "metric"}, "pools[0].metric: the metric method needs the unit"),
        ({"fallback": "metric"}, "pools[0].fallback: without figures there is only"),
        ({"weights": {"search": "many"}}, "pools[0].weights.search: 'many' is no number."),
        ({"weights": {"search": -1}}, "pools[0].weights.search: -1 is no weight of 0 or more."),
        ({"targets": ["pool:cloud"]}, "passes to 'cloud', which is no pool."),
        ({"valid_from": "July"}, "pools[0].valid_from: 'July' is no billing month"),
        ({"valid": "2026-07"}, "pools[0].valid: nothing of this name is known here"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(PLAIN | change)
    assert said in refused.value.sentence


def test_a_pool_stands_once() -> None:
    with pytest.raises(InputError, match="stands here twice"):
        read(PLAIN, PLAIN)


def test_pools_that_pass_on_in_a_circle_are_named_in_its_order() -> None:
    circle = chained(start=["pool:a"], a=["ml", "pool:b"], b=["pool:c"], c=["pool:a"])
    with pytest.raises(InputError, match="in a circle: a → b → c → a"):
        read(*circle)


def test_each_pool_comes_before_those_that_it_passes_on_to() -> None:
    found = ordered(read(*chained(product=[], data=["pool:product"], platform=["pool:data"])))
    assert [pool.id for pool in found] == ["platform", "data", "product"]


def test_a_pool_is_written_back_as_it_was_read() -> None:
    full = PLAIN | {
        "name": "Platform",
        "method": "metric",
        "metric": "calls",
        "product": "platform",
    }
    full |= {"targets": ["search"], "weights": {"search": "0.5"}}
    full |= {"segments": {"ns": "search"}}
    full |= {"fallback": "even", "valid_from": "2026-01", "valid_to": "2026-06", "note": "agreed"}
    pools = read(full, chained(other=["pool:platform"])[0])
    assert read_pools(Node(write_pools(pools), "pools")) == pools


def test_a_pool_holds_from_its_first_month_to_its_last() -> None:
    pools = read(PLAIN | {"valid_from": "2026-02", "valid_to": "2026-03"})
    assert [len(held(pools, f"2026-{month:02}")) for month in range(1, 5)] == [0, 1, 1, 0]


def test_a_pool_takes_charges_of_any_of_the_values_whatever_their_case() -> None:
    (pool,) = read(PLAIN | {"when": {"x_Team": "Platform", "service": ["disks", "Compute"]}})
    assert pool.takes({"x_Team": "platform", "ServiceName": "Disks"})
    assert not pool.takes({"x_Team": "platform", "ServiceName": "Tape"})
    assert not pool.takes({"x_Team": "platform", "ServiceName": None})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"when": {"x_Nobody": "a"}}, "pools[0].when.x_Nobody: the organization has no such"),
        ({"targets": ["legal"]}, "pools[0]: 'legal' is not declared in teams."),
        ({"segments": {"ns": "legal"}}, "pools[0]: 'legal' is not declared in teams."),
    ],
)
def test_a_pool_names_what_the_organization_has(change: dict[str, Any], said: str) -> None:
    company = Organization.from_mapping({"teams": [{"id": "search", "name": "Search"}]})
    check_pools(read(PLAIN | {"targets": ["search"]}), company)
    with pytest.raises(InputError) as refused:
        check_pools(read(PLAIN | change), company)
    assert said in refused.value.sentence

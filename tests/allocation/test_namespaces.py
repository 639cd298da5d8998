"""What each namespace of a cluster used, as its charges say, and that nothing counts twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.allocation.allocated import allocate
from finops.allocation.clusters import clusters
from finops.allocation.namespaces import Source
from finops.core.document import Node
from finops.core.period import BillingPeriod
from finops.core.pool import read_pools
from finops.errors import UsageError
from finops.measures import Query
from tests.allocation.test_splits import parts
from tests.allocation.test_splits import whole
from tests.faults.bill import costing
from tests.invoicing.bill import bring

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.allocation.clusters import Cluster

APRIL = Query(measures=("EffectiveCost",), period=BillingPeriod(2026, 4))
CLUSTER: dict[str, Any] = {
    "id": "apollo",
    "name": "Apollo",
    "when": {"sub_account": "a"},
    "method": "metric",
    "metric": "namespace cost",
    "product": "apollo",
    "segments": {"shop": "search"},
}


def told(workspace: Workspace, **other: object) -> Cluster:
    """The cluster of April, after its sums have been held to the charges."""
    pools = read_pools(Node([CLUSTER | other], "pools"))
    found = allocate(workspace.dataset(), pools, (), APRIL)
    assert found.difference == 0
    (one,) = clusters(found)
    assert one.total == one.cost
    return one


def namespaces(one: Cluster) -> dict[str, Decimal]:
    return {line.namespace: line.amount for line in one.lines}


def pod(namespace: str, used: str, unused: str, **other: str) -> dict[str, str]:
    """A row of AWS that splits node-1, as it lies in an export: without a cost."""
    split = {
        "split_line_item_parent_resource_id": "node-1",
        "split_line_item_split_cost": used,
        "split_line_item_unused_cost": unused,
    }
    resource = f"arn:aws:eks:eu-1:1:pod/apollo/{namespace}/p/1"
    return costing("0", **{**split, "ResourceId": resource, "ServiceName": "EKS", **other})


def node(cost: str, **other: str) -> dict[str, str]:
    """The node that the rows split."""
    nothing = dict.fromkeys(pod("", "", ""), "")
    split = {name: "" for name in nothing if name.startswith("split_")}
    return costing(cost, **{**split, "ResourceId": "node-1", **other})


def test_allocated_charges_are_what_their_namespaces_cost(
    opened: Workspace, tmp_path: Path
) -> None:
    """3.01 and 7 of pods, 2 that the provider calls unused."""
    shop, ranking = parts("3.01", AllocatedTags='{"k8s_namespace": "shop"}'), parts("7")
    idle = parts("2", AllocatedResourceName="unused", AllocatedTags="")
    for row in (*ranking, *idle):
        row.setdefault("AllocatedTags", "")
    for row in (*shop, *ranking):
        row["AllocatedResourceName"] = "ranking"
    bring(opened, tmp_path / "bill.csv", [*shop, *ranking, *idle])
    found = told(opened)
    assert found.source is Source.ALLOCATED
    assert namespaces(found) == {"ranking": 7, "shop": Decimal("3.01")}
    assert [found.cost, found.idle, found.used] == [Decimal("12.01"), 2, Decimal("10.01")]
    assert {line.namespace: line.team for line in found.lines} == {
        "ranking": "UNALLOCATED",
        "shop": "search",
    }


def test_split_rows_say_how_their_parents_cost_is_split(opened: Workspace, tmp_path: Path) -> None:
    """10.00 by 2 and 6 used, 2 unused; what the provider calls cost there adds nothing."""
    rows = [node("10"), pod("shop", "2", "0.5"), pod("ranking", "6.0E0", "1.5")]
    bring(opened, tmp_path / "bill.csv", rows)
    found = told(opened)
    assert found.source is Source.ROWS
    assert namespaces(found) == {"ranking": 6, "shop": 2}
    assert [found.cost, found.idle] == [10, 2]


def test_rows_of_a_cluster_belong_to_it_wherever_they_are_booked(
    opened: Workspace, tmp_path: Path
) -> None:
    rows = [node("10"), pod("shop", "2", "0", SubAccountId="b"), pod("ranking", "3", "0")]
    bring(opened, tmp_path / "bill.csv", rows)
    assert namespaces(told(opened)) == {"ranking": 6, "shop": 4}
    assert namespaces(told(opened, product=None)) == {"ranking": 10}


def test_a_parent_and_its_children_are_never_both_counted(
    opened: Workspace, tmp_path: Path
) -> None:
    """Either kind: the whole beside its parts, and split rows that have a cost of their own."""
    bring(opened, tmp_path / "bill.csv", [*parts("3", "7"), whole("10")])
    with pytest.raises(UsageError, match=r"node-1 is charged twice: 10 USD whole and 10 USD in 2"):
        told(opened)


def test_split_rows_with_a_cost_beside_their_parent_are_refused(
    opened: Workspace, tmp_path: Path
) -> None:
    costly = pod("shop", "2", "0") | dict.fromkeys(("BilledCost", "EffectiveCost"), "2")
    bring(opened, tmp_path / "bill.csv", [node("10"), costly])
    with pytest.raises(UsageError, match="node-1 is charged twice: the charge itself"):
        told(opened)


def test_a_cluster_of_which_nothing_is_told_is_shared_by_direct_cost(
    opened: Workspace, tmp_path: Path
) -> None:
    team = costing("5", SubAccountId="b", Tags='{"team": "search"}')
    bring(opened, tmp_path / "bill.csv", [costing("10"), team])
    found = told(opened)
    assert (found.source, found.lines) == (None, ())
    assert [found.idle, found.cost] == [0, 10]
    assert found.why == "there is no figure of namespace cost, so proportional instead"

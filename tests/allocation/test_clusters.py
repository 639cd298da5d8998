"""What each namespace of a cluster cost, by what OpenCost tells; idle on its own line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.allocation.allocated import allocate
from finops.allocation.clusters import Cluster
from finops.allocation.clusters import clusters
from finops.allocation.namespaces import Source
from finops.core.document import Node
from finops.core.period import BillingPeriod
from finops.core.pool import NAMESPACE_COST
from finops.core.pool import read_pools
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.measures import Query

if TYPE_CHECKING:
    from finops.dataset import Dataset

APRIL = Query(measures=("EffectiveCost",), period=BillingPeriod(2026, 4))


def used(namespace: str, amount: int, cluster: str = "apollo", day: int = 1) -> Metric:
    return Metric(
        day=date(2026, 4, day),
        product=cluster,
        segment=namespace,
        unit=NAMESPACE_COST,
        amount=Decimal(amount),
        kind=Kind.USAGE,
        source="OpenCost",
    )


FIGURES = (
    *(used("shop", 3), used("shop", 3, day=2), used("train", 2), used("__idle__", 1)),
    used("other", 99, cluster="juno"),
)


def told(mini: Dataset, **other: object) -> tuple[Cluster, ...]:
    """What platform's 95.00 went to."""
    body: dict[str, object] = {"id": "apollo", "metric": NAMESPACE_COST}
    body |= {"when": {"x_Team": "platform"}, "method": "metric", "product": "apollo"}
    body |= {"segments": {"train": "ml"}} | other
    found = allocate(mini, read_pools(Node([body], "pools")), FIGURES, APRIL)
    assert found.difference == 0
    return clusters(found)


def test_namespaces_and_what_is_idle_add_up_to_the_cost(mini: Dataset) -> None:
    """95.00 by 6, 2 and 1 of 9: 63.33, 21.11 and 10.56, the cent left over to the largest rest."""
    (found,) = told(mini)
    assert found.source is Source.OPENCOST
    assert [(line.namespace, line.team, str(line.amount)) for line in found.lines] == [
        ("shop", "UNALLOCATED", "63.33"),
        ("train", "ml", "21.11"),
    ]
    assert (str(found.idle), found.keeper) == ("10.56", "platform")
    assert found.used + found.idle == found.total == found.cost == 95


def test_a_pool_that_is_shared_otherwise_is_no_cluster(mini: Dataset) -> None:
    assert told(mini, method="even", metric="calls") == ()


def test_a_cluster_of_which_nothing_is_known_says_how_it_was_shared(mini: Dataset) -> None:
    (found,) = told(mini, product="unheard-of")
    assert (found.source, found.lines, found.why) == (
        None,
        (),
        "there is no figure of namespace cost, so proportional instead",
    )
    assert found.total == found.cost == 95

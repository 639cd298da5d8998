from __future__ import annotations

from decimal import Decimal

from finops.allocation.clusters import Cluster
from finops.allocation.clusters import Line
from finops.allocation.namespaces import Source
from finops.portal import cluster_views

APOLLO = Cluster(
    id="apollo",
    name="Apollo",
    currency="USD",
    cost=Decimal("95.00"),
    source=Source.OPENCOST,
    lines=(Line("shop", "search", Decimal(6), Decimal("63.33")),),
    idle=Decimal("31.67"),
    keeper="platform",
)


def test_a_cluster_is_told_with_what_nobody_used() -> None:
    told = cluster_views.sentence(APOLLO).replace("\u00a0", " ")
    assert told == "**Apollo: 95.00 USD**, of which 31.67 USD (33.3 %) was idle. Told by OpenCost."


def test_of_an_unknown_split_the_reason_is_told() -> None:
    unknown = Cluster(
        id="a", name="A", currency="USD", cost=Decimal(5), source=None, why="there is no figure"
    )
    told = cluster_views.sentence(unknown).replace("\u00a0", " ")
    assert told == "**A: 5.00 USD**; there is no figure."


def test_namespaces_and_idle_add_up_to_the_total() -> None:
    columns = cluster_views.namespaces(APOLLO).columns
    assert columns["Namespace"] == ["shop", "Idle", "Total"]
    *amounts, total = map(str, columns["Amount (USD)"])
    assert sum(map(Decimal, amounts)) == Decimal(total) == 95
    assert columns["Share (%)"] == [66.7, 33.3, 100.0]

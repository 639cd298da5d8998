from __future__ import annotations

from typing import TYPE_CHECKING

from finops.demo.inventory import METRICS
from finops.demo.inventory import PRINTED
from finops.ingestion.inventory_files import read

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_the_inventory_reads_as_what_the_tools_print(three_seeds: Made) -> None:
    items = read(three_seeds.folder / PRINTED)
    kinds = {one.kind for one in items}
    assert {"disk", "address", "snapshot", "logs", "instance", "plan", "balancer"} <= kinds
    loose = {dict(one.facts).get("attached") for one in items if one.kind == "disk"}
    assert loose == {"yes", "no"}


def test_every_metric_is_of_a_resource_that_is_billed(three_seeds: Made) -> None:
    billed = {row["ResourceId"] for row in three_seeds.rows}
    metrics = read(three_seeds.folder / METRICS)
    assert len(metrics) >= 10
    assert {one.resource for one in metrics} <= billed

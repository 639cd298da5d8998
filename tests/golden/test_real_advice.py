"""What providers really advised, on resources of a real bill.

The bill is the FOCUS sample of September 2024, the advice recorded responses of AWS Cost
Optimization Hub. No recording is of that bill, so each is put on a resource of it; all else of it,
amounts and words, is as it was recorded.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from finops.core.amount import total
from finops.ingestion.inventory import bring_inventory
from finops.workloads.waste_rules import Action
from finops.workloads.worklist import worklist
from tests.corpus.workspaces import brought
from tests.corpus.workspaces import copied
from tests.corpus.workspaces import template
from tests.workloads.conftest import WHO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.workloads.findings import Finding
    from finops.workloads.worklist import Worklist

__all__ = ["template"]

BILL = "focus10-sample/focus_sample.csv"
HUB = "cloud-custodian/aws-placebo/{}/cost-optimization-hub.ListRecommendations_1.json"
RECORDED = (
    "cost_opt_hub_ebs",
    "test_ec2_costhub_resize",
    "test_ecs_service_update_definition",
    "test_lambda_resize",
)
TODAY = date(2024, 9, 26)
MACHINES = ("i-0l6bb5al993lfa983", "i-0b3b3095474a3772a", "i-0544a99823af9bl0b")
"""Machines of the bill that are charged on the last days before: 2, 1 and 1 dollars."""
PLACES = (2, 0, 1, 2)
"""On which of them each recording is put; the last has two, for different actions."""


class Real(NamedTuple):
    """What is found on the real bill, and its charges."""

    found: Worklist
    charges: tuple[dict[str, str], ...]

    def cost(self, resource: str) -> Decimal:
        """What a resource was charged until that day, as its lines of the file say."""
        mine = (one for one in self.charges if one["ResourceId"] == resource)
        return total(
            Decimal(one["EffectiveCost"]) for one in mine if one["ChargePeriodStart"] < str(TODAY)
        )

    def of(self, resource: str) -> dict[Action, Finding]:
        """What is found for a resource, by action."""
        return {one.action: one for one in self.found.findings if one.resource.id == resource}


@pytest.fixture(scope="module")
def real(shared: Path, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    """The bill, and what was recorded put on its machines, and some of it a second time."""
    folder = tmp_path_factory.mktemp("recorded")
    opened = copied(template, folder / "own")
    brought(opened, shared / BILL)
    with (shared / BILL).open() as file:
        charges = tuple(csv.DictReader(file))
    items = [
        item
        for name in RECORDED
        for item in json.loads((shared / HUB.format(name)).read_text())["data"]["items"]
    ]
    placed = [
        item | {"resourceArn": None, "resourceId": MACHINES[place]}
        for item, place in zip(items, PLACES, strict=True)
    ]
    again = [placed[1] | {"recommendationId": "again"}, *items]
    for day, those in ((24, placed), (25, again)):
        (folder / f"{day}.json").write_text(json.dumps({"items": those}))
        told = date(2024, 9, day)
        bring_inventory(opened, folder / f"{day}.json", day=told, who=WHO)
    yield Real(worklist(opened, opened.dataset(), today=TODAY), charges)
    opened.close()


def test_what_is_advised_of_a_resource_of_the_bill_is_found_once_for_each_action(
    real: Real,
) -> None:
    found = [real.of(one) for one in MACHINES]
    assert [set(one) for one in found] == [
        {Action.RESIZE},
        {Action.RESIZE},
        {Action.RESIZE, Action.UPGRADE},
    ]
    for one in (finding for each in found for finding in each.values()):
        assert "AWS Cost Optimization Hub" in " ".join((one.title, *one.also))
    pairs = [(one.resource.id, one.action) for one in real.found.findings]
    assert len(pairs) == len(set(pairs)) == len({one.key for one in real.found.findings})


def test_what_is_advised_of_a_resource_that_nobody_is_billed_for_is_not_found(real: Real) -> None:
    billed = {one["ResourceId"] for one in real.charges}
    assert {one.resource.id for one in real.found.findings} <= billed
    assert not any("644160558196" in one.resource.id for one in real.found.findings)


def test_every_amount_adds_up_from_the_charges_of_its_resource(real: Real) -> None:
    """The hub would save 43.07 of a machine that costs 2, and 18.02 of one that costs 1."""
    assert [real.cost(one) for one in MACHINES] == [2, 1, 1]
    assert [real.of(one)[Action.RESIZE].gross for one in MACHINES] == [2, 1, Decimal("0.0121")]
    upgraded = real.of(MACHINES[2])[Action.UPGRADE]
    assert upgraded.gross == Decimal("0.64") * (1 - Decimal("0.0121"))
    for one in real.found.findings:
        assert one.resource.effective == real.cost(one.resource.id)
        assert one.cost <= one.resource.effective
    for name in {one.resource.id for one in real.found.findings}:
        assert total(one.gross or Decimal(0) for one in real.of(name).values()) <= real.cost(name)

"""The real bills mapped by account and by tags: unowned cost is sized, and both trees are the bill.

What is expected is added up here by `csv` and `Decimal`, not by the product.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.allocation.allocated import allocate
from finops.allocation.clusters import clusters
from finops.allocation.namespaces import Source
from finops.allocation.readiness import readiness
from finops.allocation.trees import two_trees
from finops.allocation.unowned import unowned
from finops.core.amount import total
from finops.core.document import Node
from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.core.pool import read_pools
from finops.core.required import Required
from finops.measures import ask
from finops.measures import Query
from tests.allocation.conftest import organize
from tests.allocation.conftest import publish
from tests.corpus.workspaces import brought
from tests.faults import bill
from tests.invoicing.bill import days

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

SAMPLE = "focus10-sample/focus_sample.csv"
BY_13 = "fdt-aws-seed1302/focus_1_3_cost_and_usage_aws.csv"
EA = "finops-toolkit/azure-export-tests/EA_ActualCost_Small.csv"
ACCOUNT = "11353890204"
COSTS = ("BilledCost", "EffectiveCost")
SEPTEMBER = BillingPeriod(2024, 9)

TREY: dict[str, Any] = {
    "name": "Trey",
    "teams": [{"id": "trey", "name": "Trey"}, {"id": "account", "name": "One account"}],
    "cost_centers": [{"id": "1234", "name": "Research"}, {"id": "ACM9000", "name": "ACM"}],
    "dimensions": {"x_Team": {"tags": ["org"]}, "x_CostCenter": {"tags": ["CostCenter"]}},
}
ONE = {"id": "one", "when": {"sub_account": ACCOUNT}, "then": {"x_Team": "account"}}


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a bill with their tags as a mapping, and month and costs to be added up."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        found: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in found:
        text = row["Tags"]
        row["tags"] = json.loads(text) if text.startswith("{") else {}
        row |= {cost: Decimal(row[cost]) for cost in COSTS}
    return found


def team(row: dict[str, Any]) -> str:
    """Whose a row of the sample is: the account first, then `org`, however it is spelled."""
    if row["SubAccountId"] == ACCOUNT:
        return "account"
    return "trey" if {"org", " org"} & row["tags"].keys() else "UNALLOCATED"


@pytest.fixture
def sample(fresh: Workspace, shared: Path) -> Workspace:
    """The anonymized bill of three providers, with its owners."""
    organize(fresh, TREY)
    publish(fresh, {"rules": [ONE]})
    brought(fresh, shared / SAMPLE)
    return fresh


@pytest.mark.parametrize("measure", COSTS)
def test_accounts_and_both_spellings_of_a_key_map_a_real_bill_and_both_trees_are_all_of_it(
    measure: str, sample: Workspace, shared: Path
) -> None:
    bill_rows, dataset = rows(shared / SAMPLE), sample.dataset()
    assert any(" org" in row["tags"] and "org" not in row["tags"] for row in bill_rows)
    wanted = {
        name: total(row[measure] for row in bill_rows if team(row) == name)
        for name in ("account", "trey", "UNALLOCATED")
    }
    every = Query(measures=(measure,), axis=Axis.BILLING)
    answer = ask(dataset, Query(measures=(measure,), by=("x_Team",), axis=Axis.BILLING))
    assert {row[0]: row[-1] for row in answer.rows} == wanted
    both = two_trees(dataset, every)
    assert both.agree
    assert both.charges == total(wanted.values())


def test_what_nobody_owns_of_a_real_bill_is_sized_and_listed(
    sample: Workspace, shared: Path
) -> None:
    mine = [
        row
        for row in rows(shared / SAMPLE)
        if row["BillingPeriodStart"].startswith(str(SEPTEMBER)) and team(row) == "UNALLOCATED"
    ]
    found = unowned(sample.dataset(), str(SEPTEMBER))
    assert found.amount == total(row["EffectiveCost"] for row in mine)
    assert total(line.amount for line in found.lines) == found.amount
    assert sum(line.charges for line in found.lines) == len(mine)
    assert found.amount + found.owned == found.cost


def test_a_tag_s_coverage_by_cost_says_what_credits_do_to_it(
    sample: Workspace, tmp_path: Path, shared: Path
) -> None:
    """Of the real bill as it is; and with a refund that carries no tag it passes 100 %."""
    asked = Query(measures=("BilledCost",), axis=Axis.BILLING)
    key = (Required(key="tag:org"),)
    usage = [row for row in rows(shared / SAMPLE) if row["ChargeCategory"] == "Usage"]
    tagged = [row for row in usage if {"org", " org"} & row["tags"].keys()]
    (found,) = readiness(sample.dataset(), key, asked).keys
    assert (found.covered.count, found.whole.count) == (len(tagged), len(usage))
    assert found.covered.net == total(row["BilledCost"] for row in tagged)
    assert found.whole.net == total(row["BilledCost"] for row in usage)
    refund = bill.costing(str(-found.missing.net), **days("2024-09"), Tags="")
    brought(sample, bill.write(tmp_path / "refund.csv", [refund]))
    (after,) = readiness(sample.dataset(), key, asked).keys
    assert after.by_cost is not None
    assert after.by_cost < 1
    assert after.by_net_cost is not None
    assert after.by_net_cost >= 1


def test_a_cost_center_is_one_however_azure_spells_it(
    fresh: Workspace, tmp_path: Path, shared: Path
) -> None:
    with (shared / EA).open(newline="", encoding="utf-8-sig") as file:
        given = list(csv.DictReader(file))
    assert {row["CostCenter"] for row in given} == {"ACM9000", "acm9000"}
    charges = [
        bill.costing(
            row["Cost"], **days("2023-09"), Tags=json.dumps({"CostCenter": row["CostCenter"]})
        )
        for row in given
    ]
    organize(fresh, TREY)
    brought(fresh, bill.write(tmp_path / "ea.csv", charges))
    asked = Query(measures=("BilledCost",), by=("x_CostCenter",), axis=Axis.BILLING)
    answer = ask(fresh.dataset(), asked)
    whole = total(Decimal(row["Cost"]) for row in given)
    assert {row[0]: row[-1] for row in answer.rows} == {"ACM9000": whole, "UNALLOCATED": 0}


def test_what_focus_allocates_to_workloads_is_the_cluster_s_cost_and_nothing_twice(
    fresh: Workspace, shared: Path
) -> None:
    """Every allocated charge of one account: its workloads and what is left add up to it."""
    account, month = "200000000012", BillingPeriod(2026, 5)
    mine = [row for row in rows(shared / BY_13) if row["SubAccountId"] == account]
    mine = [row for row in mine if row["ServiceName"] == "AmazonEC2"]
    mine = [row for row in mine if row["ChargeCategory"] == "Usage"]
    mine = [row for row in mine if row["CommitmentDiscountStatus"] != "Unused"]
    brought(fresh, shared / BY_13)
    told = {"id": "eks", "name": "EKS", "when": {"sub_account": account, "service": "AmazonEC2"},
            "method": "metric", "metric": "namespace cost", "product": "eks"}  # fmt: skip
    pools = read_pools(Node([told], "pools"))
    asked = Query(measures=("EffectiveCost",), period=month, axis=Axis.BILLING)
    found = allocate(fresh.dataset(), pools, (), asked)
    (one,) = clusters(found)
    assert found.difference == 0
    assert one.source is Source.ALLOCATED
    assert one.total == one.cost == total(row["EffectiveCost"] for row in mine)
    assert two_trees(fresh.dataset(), asked).agree

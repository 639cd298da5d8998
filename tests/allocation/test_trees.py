"""One number, two trees: finance's and engineering's add up to the same, and to all charges."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.allocation.trees import Branch
from finops.allocation.trees import resources
from finops.allocation.trees import Step
from finops.allocation.trees import Tree
from finops.allocation.trees import two_trees
from finops.core.amount import total
from finops.core.measure import Axis
from finops.core.organization import CostCenter
from finops.core.period import BillingPeriod
from finops.measures import Query

if TYPE_CHECKING:
    from finops.dataset import Dataset

EFFECTIVE = Query(measures=("EffectiveCost",), period=BillingPeriod(2026, 4))
CENTER = "x_CostCenter"


def named(tree: Tree, *values: str) -> Branch:
    return next(b for b in tree.branches if tuple(step.value for step in b.way) == values)


@pytest.fixture
def company(mini: Dataset) -> Dataset:
    """CC-100 and CC-300 are below CC-1."""
    centers = tuple(
        CostCenter(id=name, name=name.lower(), parent=parent)
        for name, parent in (("CC-1", None), ("CC-100", "CC-1"), ("CC-300", "CC-1"))
    )
    return replace(mini, organization=replace(mini.organization, cost_centers=centers))


def test_a_cost_center_sums_those_below_it(company: Dataset) -> None:
    """CC-100 980 and CC-300 90 make 1,070; CC-200 and CC-900 have no parent."""
    finance = two_trees(company, EFFECTIVE).finance
    top = {branch.name: branch.amount for branch in finance.below(())}
    assert top["CC-1 cc-1"] == Decimal(1070)
    below = finance.below((Step(CENTER, "CC-1"),))
    assert [b.name for b in below] == ["CC-100 cc-100", "CC-300 cc-300"]
    assert [b.amount for b in below] == [Decimal(980), Decimal(90)]
    assert named(finance, "CC-1").values == {"CC-100", "CC-300"}
    assert list(top)[-1] == "UNALLOCATED"


@pytest.mark.parametrize("measure", ["EffectiveCost", "BilledCost", "ListCost", "ContractedCost"])
@pytest.mark.parametrize("axis", list(Axis))
def test_both_trees_are_what_all_charges_add_up_to(
    company: Dataset, measure: str, axis: Axis
) -> None:
    found = two_trees(company, replace(EFFECTIVE, measures=(measure,), axis=axis))
    assert found.agree
    assert found.difference == 0


@pytest.mark.parametrize("way", [("CC-1",), ("CC-1", "CC-100"), ("UNALLOCATED",)])
def test_from_finances_tree_every_amount_is_found_on_its_resources(
    company: Dataset, way: tuple[str, ...]
) -> None:
    """Each with its place in engineering's tree."""
    branch = named(two_trees(company, EFFECTIVE).finance, *way)
    found = resources(company, EFFECTIVE, branch)
    assert total(one.amount for one in found) == branch.amount
    assert {one.center for one in found} <= {str(value) for value in branch.values}


def test_from_engineerings_tree_every_amount_is_found_on_its_resources(company: Dataset) -> None:
    """Each with its place in finance's tree."""
    engineering = two_trees(company, EFFECTIVE).engineering
    for branch in engineering.branches:
        found = resources(company, EFFECTIVE, branch)
        assert total(one.amount for one in found) == branch.amount
    search = resources(company, EFFECTIVE, named(engineering, "search"))
    assert {(one.team, one.center) for one in search} == {("search", "CC-100")}
    assert engineering.at((Step("x_Team", "nobody"),)) is None

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import report

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

NODE = {"ResourceId": "node-1", "HostProviderName": "Cloud", "ServiceProviderName": "Cloud"}


def parts(*amounts: str, **other: str) -> list[dict[str, str]]:
    """A shared node in FOCUS 1.3, told by the pods that ran on it."""
    return [
        costing(
            amount,
            **{
                **NODE,
                "AllocatedMethodId": "split",
                "AllocatedResourceId": f"pod-{place}",
                **other,
            },
        )
        for place, amount in enumerate(amounts)
    ]


def whole(amount: str, **other: str) -> dict[str, str]:
    """The node itself, in the same file."""
    no_part = {"AllocatedMethodId": "", "AllocatedResourceId": ""}
    return costing(amount, **{**NODE, **no_part, **other})


def test_parts_without_their_whole_are_counted_once(opened: Workspace, tmp_path: Path) -> None:
    elsewhere = whole("5", ResourceId="node-2")
    bring(opened, tmp_path / "bill.csv", [*parts("3", "7"), elsewhere])
    assert report(opened).splits == ()


def test_a_whole_beside_its_parts_is_counted_twice(opened: Workspace, tmp_path: Path) -> None:
    bring(opened, tmp_path / "bill.csv", [*parts("3", "7"), whole("10")])
    (found,) = report(opened).splits
    assert (found.resource, found.currency, found.charges) == ("node-1", "USD", 2)
    assert [found.whole, found.parts] == [10, 10]
    assert found.twice


def test_parts_that_are_not_their_whole_in_one_cost_are_told_as_wrong(
    opened: Workspace, tmp_path: Path
) -> None:
    """R5 holds for every cost column separately."""
    bring(opened, tmp_path / "bill.csv", [*parts("3", "7"), whole("10", ListCost="11")])
    (found,) = report(opened).splits
    assert [found.whole, found.parts] == [10, 10]
    assert not found.twice


def test_a_whole_that_costs_nothing_beside_its_parts_is_no_fault(
    opened: Workspace, tmp_path: Path
) -> None:
    nothing = whole("0", ListCost="0", ContractedCost="0")
    bring(opened, tmp_path / "bill.csv", [*parts("3", "7"), nothing])
    assert report(opened).splits == ()

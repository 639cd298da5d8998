from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.errors import ImportRefused
from finops.ingestion import ingest
from finops.ingestion.commit import Mode
from tests.faults import bill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path / "workspace")
    yield made
    made.close()


def charge(cost: str, *, day: int = 1, account: str = "a", of: str = "1") -> dict[str, str]:
    """What one charge of a day and a sub-account costs, of a billing account."""
    return bill.costing(
        cost,
        ChargePeriodStart=f"2026-04-{day:02}T00:00:00Z",
        ChargePeriodEnd=f"2026-04-{day + 1:02}T00:00:00Z",
        SubAccountId=account,
        BillingAccountId=of,
    )


def bring(workspace: Workspace, *charges: dict[str, str], mode: Mode = Mode.COMPLETE) -> str:
    """Import charges as a file of their own; its status."""
    file = bill.write(workspace.root.with_name(f"{len(workspace.snapshots())}.csv"), charges)
    report = ingest.run(
        workspace,
        [str(file)],
        actor=local_actor(),
        at=datetime(2026, 5, 2, tzinfo=UTC),
        options=ingest.Options(mode=mode),
    )[0]
    return report.status.value


def billed(workspace: Workspace) -> int:
    snapshot = workspace.snapshot()
    assert snapshot
    return int(sum(dict(sums.amounts)["BilledCost"] for p in snapshot.parts for sums in p.sums))


def test_a_delivery_that_has_every_day_and_account_replaces_the_former(
    workspace: Workspace,
) -> None:
    bring(workspace, charge("10", day=1), charge("20", day=2, account="b"))
    assert bring(workspace, charge("1"), charge("2", day=2, account="b"), charge("4", day=3))
    assert billed(workspace) == 7


def test_what_would_vanish_is_told_with_its_amount_and_nothing_is_changed(
    workspace: Workspace,
) -> None:
    bring(workspace, charge("10", day=1), charge("20.50", day=2), charge("4", day=3, account="b"))
    with pytest.raises(ImportRefused) as error:
        bring(workspace, charge("1", day=1))
    assert str(error.value) == (
        "Cloud 1 2026-04: day 2026-04-02, 2026-04-03; sub-account b would vanish, "
        "BilledCost 24.5 USD."
    )
    assert "--replace" in error.value.remedy
    assert "--add" in error.value.remedy
    assert billed(workspace) == 34


def test_an_account_alone_can_vanish(workspace: Workspace) -> None:
    bring(workspace, charge("10"), charge("20", account="b"))
    with pytest.raises(ImportRefused, match=r"sub-account b would vanish, BilledCost 20 USD"):
        bring(workspace, charge("1"))


def test_replace_lets_it_go_and_add_keeps_both(workspace: Workspace) -> None:
    bring(workspace, charge("10", day=1), charge("20", day=2))
    bring(workspace, charge("1", day=1), mode=Mode.REPLACE)
    assert billed(workspace) == 1
    bring(workspace, charge("5", day=4), mode=Mode.ADD)
    assert billed(workspace) == 6


def test_only_the_delivery_itself_is_compared(workspace: Workspace) -> None:
    """Another account of the month, and another month, are no business of this file."""
    bring(workspace, charge("10", day=1), charge("20", day=2, of="2"))
    assert bring(workspace, charge("1", day=1)) == "committed"
    assert billed(workspace) == 21


def test_part_two_of_a_month_without_part_one_is_refused(workspace: Workspace) -> None:
    bring(workspace, *(charge("1", day=day) for day in range(1, 16)))
    with pytest.raises(ImportRefused, match="and 12 more would vanish"):
        bring(workspace, *(charge("1", day=day) for day in range(16, 29)))


def test_a_file_that_was_replaced_does_not_come_back_by_itself(workspace: Workspace) -> None:
    bring(workspace, charge("10"))
    bring(workspace, charge("11"))
    assert bring(workspace, charge("10")) == "unchanged"
    assert billed(workspace) == 11
    assert bring(workspace, charge("10"), mode=Mode.REPLACE) == "committed"
    assert billed(workspace) == 10
    first, *_, last = workspace.snapshots()
    assert first.digest == last.digest


def test_what_was_lost_before_is_not_lost_again(workspace: Workspace) -> None:
    """Two parts of one delivery, brought with --add, are replaced by one that has both."""
    bring(workspace, charge("10", day=1))
    bring(workspace, charge("20", day=2), mode=Mode.ADD)
    assert bring(workspace, charge("1", day=1), charge("2", day=2)) == "committed"
    assert billed(workspace) == 3

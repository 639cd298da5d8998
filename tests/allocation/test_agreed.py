"""What a month is allocated by; a closed one keeps what held when it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access.workspace import make_workspace
from finops.allocation.agreed import agreed
from tests.allocation.conftest import publish
from tests.invoicing.bill import MONTH
from tests.invoicing.closable import prepare
from tests.invoicing.closable import shut

if TYPE_CHECKING:
    from pathlib import Path

POOL = {"id": "platform", "when": {"service": "Disk"}}


def test_a_closed_month_keeps_its_pools_and_an_open_one_gets_the_new(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    prepare(workspace, tmp_path / "bill.csv")
    publish(workspace, {"pools": [POOL], "required": {"x_Team": None}})
    shut(workspace)
    publish(workspace, {"pools": [POOL | {"method": "even"}]})
    snapshot = workspace.snapshot()
    assert snapshot
    closed, later = (agreed(workspace, snapshot, month) for month in (MONTH, "2031-01"))
    assert (closed.version.number, later.version.number) == (1, 2)
    assert [pool.method for pool in closed.pools] == ["proportional"]
    assert [one.key for one in closed.required] == ["x_Team"]
    assert later.required == ()
    workspace.close()


def test_before_any_rules_nothing_is_agreed(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    prepare(workspace, tmp_path / "bill.csv")
    snapshot = workspace.snapshot()
    assert snapshot
    found = agreed(workspace, snapshot, MONTH)
    assert (found.version.number, found.pools, found.metrics) == (0, (), ())
    workspace.close()

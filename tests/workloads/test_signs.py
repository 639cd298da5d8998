from __future__ import annotations

from datetime import timedelta

from finops.workloads.findings import findings
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import said
from tests.workloads.cases import TODAY


def test_a_snapshot_that_a_backup_plan_keeps_is_left_alone() -> None:
    known = said("snapshot", created="2020-01-01", managed=True)
    kept = resource(meter("ebs:snapshotusage"), first=TODAY - timedelta(days=900), said=known)
    assert findings(estate(kept), today=TODAY) == ()


def test_a_snapshot_is_as_old_as_the_inventory_says() -> None:
    known = said("snapshot", created="2024-01-01")
    (found,) = findings(estate(resource(meter("ebs:snapshotusage"), said=known)), today=TODAY)
    assert found.why == "It is at least 851 days old."


def test_a_machine_of_a_week_is_not_yet_called_always_on() -> None:
    young = resource(
        meter("boxusage:m7i.large", "168", weekend="48"),
        environment="dev",
        first=TODAY - timedelta(days=7),
    )
    assert findings(estate(young), today=TODAY) == ()

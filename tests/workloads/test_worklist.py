from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.measure import Axis
from finops.core.scope import Scope
from finops.core.scope import Viewer
from finops.measures import ask
from finops.measures import Query
from finops.workloads.worklist import worklist
from tests.workloads.conftest import DAY

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_each_finding_is_priced_from_the_bill(april: Workspace) -> None:
    """20 % of 30 on gp2, an idle address 3.60, 64.3 % of a machine of 210, a disk at 90 euros."""
    told = worklist(april, april.dataset(), today=DAY)
    assert {one.rule: round(one.net or 0, 2) for one in told.findings} == {
        "azure-unattached-disk": Decimal(180),
        "aws-nonproduction-always-on": Decimal(135),
        "aws-gp2": Decimal(6),
        "aws-idle-address": Decimal("3.60"),
    }
    assert [one.net for one in told.findings] == sorted(
        (one.net for one in told.findings if one.net is not None), reverse=True
    )
    assert round(told.net, 2) == round(told.gross, 2) == Decimal("324.60")


def test_its_cost_is_that_of_the_query(april: Workspace) -> None:
    told = worklist(april, april.dataset(), today=DAY)
    asked = Query(
        measures=("EffectiveCost",), start=told.window.start, end=told.window.end, axis=Axis.CHARGE
    )
    assert told.cost == ask(april.dataset(), asked).total["EffectiveCost"]


def test_an_inventory_of_last_week_says_nothing_any_more(april: Workspace) -> None:
    told = worklist(april, april.dataset(), today=DAY + timedelta(days=8))
    assert "azure-unattached-disk" not in {one.rule for one in told.findings}
    assert any("Microsoft.Compute/disks" in one.command for one in told.unlocks)


def test_a_restricted_viewer_gets_findings_of_what_is_seen_only(april: Workspace) -> None:
    eve = Viewer("eve", sees=(("x_Team", frozenset({"payments"})),))
    told = worklist(april, april.dataset().within(Scope(viewer=eve)), today=DAY)
    assert (told.findings, told.unlocks, told.cost) == ((), (), Decimal(0))

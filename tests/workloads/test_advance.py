from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.errors import Conflict
from finops.errors import UsageError
from finops.workloads.advance import advance
from finops.workloads.advance import Said
from finops.workloads.advance import shown
from finops.workloads.progress import Progress
from finops.workloads.progress import progress_of
from finops.workloads.progress import State
from finops.workloads.worklist import worklist
from tests.corpus.workspaces import AT
from tests.workloads.cases import estate
from tests.workloads.cases import meter
from tests.workloads.cases import resource
from tests.workloads.cases import said
from tests.workloads.cases import TODAY
from tests.workloads.conftest import DAY

if TYPE_CHECKING:
    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.workloads.resources import Estate

CALL: Call = {"actor": local_actor("ann"), "at": AT, "origin": "test", "key": None}
DONE = Progress(
    key="k",
    state=State.DONE,
    resource="vol-0ab12345",
    rule="aws-unattached-disk",
    day=TODAY - timedelta(days=10),
)


def test_a_finding_is_named_by_the_beginning_of_its_key(april: Workspace) -> None:
    key = worklist(april, april.dataset(), today=DAY).findings[0].key
    words = Said(key=key[:8], state=State.ASSIGNED, owner="bob")
    assert advance(april, words, today=DAY, call=CALL).key == key
    assert progress_of(april, today=DAY)[key].owner == "bob"


@pytest.mark.parametrize("key", ["", "nothing"])
def test_what_is_no_finding_is_refused(april: Workspace, key: str) -> None:
    with pytest.raises(UsageError, match="no one finding"):
        advance(april, Said(key=key, state=State.OPEN), today=DAY, call=CALL)


def against(former: Progress, here: Estate) -> str:
    """What is held against its verification; empty where nothing is."""
    try:
        shown(former, here, TODAY)
    except Conflict as error:
        return str(error)
    return ""


def test_a_resource_that_is_gone_from_the_bill_is_verified() -> None:
    assert against(DONE, estate()) == ""
    over = resource(meter("ebs:volumeusage.gp3"), last=TODAY - timedelta(days=9))
    assert against(DONE, estate(over)) == ""


def test_an_inventory_that_grew_old_makes_nothing_gone() -> None:
    there = resource(meter("ebs:volumeusage.gp3"))
    assert "still billed" in against(DONE, estate(there))
    told = resource(meter("ebs:volumeusage.gp3"), said=said("disk", attached=True))
    assert against(DONE, estate(told)) == ""


def test_a_meter_that_is_gone_is_enough_where_the_meter_said_it() -> None:
    there = estate(resource(meter("ebs:volumeusage.gp3")))
    assert against(replace(DONE, rule="aws-gp2"), there) == ""
    assert "still billed" in against(replace(DONE, rule="a rule that is no more"), there)


def test_a_bill_that_ends_too_early_shows_nothing() -> None:
    assert "too early" in against(replace(DONE, day=TODAY - timedelta(days=2)), estate())

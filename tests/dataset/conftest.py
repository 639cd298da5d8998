"""A small dataset of three teams, two of which must never be seen by the first."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.scope import Scope
from finops.core.scope import Viewer
from finops.ingestion import ingest
from tests.corpus.workspaces import fresh
from tests.corpus.workspaces import template
from tests.faults import bill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.dataset import Dataset

__all__ = ["fresh", "template"]

AT = datetime(2026, 5, 2, tzinfo=UTC)
CANARY = "900000000000"
"""What each charge of another team costs: any sum with it in it is plain to see."""


class Seen(NamedTuple):
    """The whole dataset, and what the team `search` sees of it."""

    whole: Dataset
    search: Dataset


def charges() -> Iterator[dict[str, str]]:
    """Ten charges of 1 to 10 for search; four canaries of others, one of them of nobody."""
    for number in range(1, 11):
        yield bill.costing(
            str(number), Tags='{"team": "search"}', ResourceId=f"r-{number}", ServiceName="VM"
        )
    for number, team in enumerate(("data", "data", "ml", "")):
        yield bill.costing(
            CANARY,
            Tags=f'{{"team": "{team}"}}',
            ResourceId=f"canary-{number}",
            ResourceName=f"canary {team}",
            ServiceName=f"canary of {team}",
            SubAccountId="canary",
            ChargeDescription="canary",
        )


@pytest.fixture(scope="session")
def three_teams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("teams")
    workspace = make_workspace(folder / "workspace")
    file = bill.write(folder / "april.csv", charges())
    ingest.run(workspace, [str(file)], actor=local_actor(), at=AT)
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def seen(three_teams: Workspace) -> Seen:
    whole = three_teams.dataset()
    viewer = Viewer("ann", (("x_Team", frozenset({"search"})),))
    return Seen(whole, whole.within(Scope(viewer=viewer)))


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Workspace]:
    """The little bill of April 2026 in two currencies."""
    workspace = make_workspace(tmp_path_factory.mktemp("mini") / "workspace")
    file = shared / "mini" / "mini_focus_2026-04.csv"
    ingest.run(workspace, [str(file)], actor=local_actor(), at=AT)
    yield workspace
    workspace.close()

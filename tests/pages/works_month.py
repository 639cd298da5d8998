"""A workspace of April with three things to fix, as the worklist's pages are tested on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.core.organization import Organization
from finops.ingestion import ingest
from finops.ingestion.organization import publish_organization
from tests.corpus import written
from tests.workloads.conftest import DAY
from tests.workloads.conftest import rows
from tests.workloads.conftest import WHO

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def april(folder: Path, house: Mapping[str, object] | None = None) -> Path:
    """The dollars of April, on the first of May; `house` is an organization."""
    made = folder / "april"
    workspace = make_workspace(made)
    if house:
        told = Organization.from_mapping(house)
        publish_organization(workspace.store, root=workspace.root, organization=told, **WHO)
    workspace.close()
    file = folder / "april.csv"
    file.write_text(written(row for row in rows() if row["BillingCurrency"] == "USD"))
    bring(made, file)
    (made / "finops.toml").write_text(f"today = {DAY}\n")
    return made


def bring(folder: Path, file: Path) -> None:
    """Bring a bill in."""
    workspace = open_workspace(folder)
    (report,) = ingest.run(
        workspace, [str(file)], actor=local_actor(), at=clock.now(), origin="test"
    )
    workspace.close()
    assert report.status == "committed"

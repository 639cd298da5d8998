from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.mapping import EMPTY as NO_RULES
from finops.core.organization import Organization
from finops.dataset import derive
from finops.ingestion import ingest
from finops.ingestion.organization import publish_organization
from finops.measures import ask
from finops.measures import Query
from tests.faults import bill

if TYPE_CHECKING:
    from pathlib import Path

ONE = Organization.from_mapping({"dimensions": {"x_Team": {"tags": ["team"]}}})
OTHER = Organization.from_mapping({"dimensions": {"x_Team": {"tags": ["owner"]}}})
TURNED = Organization.from_mapping(
    {"dimensions": {"x_Tier": {"tags": ["t"]}, "x_Team": {"tags": ["team"]}}}
)


def test_what_is_derived_is_named_by_what_it_is_made_of() -> None:
    assert derive.version(derive.terms(ONE, NO_RULES, "2026-04")) == derive.version(
        derive.terms(Organization.from_mapping(ONE.to_mapping()), NO_RULES, "2026-04")
    )
    assert (
        len(
            {
                derive.version(derive.terms(each, NO_RULES, "2026-04"))
                for each in (ONE, OTHER, TURNED)
            }
        )
        == 3
    )


def test_a_new_organization_writes_no_charge_anew_and_the_old_one_stays_readable(
    tmp_path: Path,
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    actor, at = local_actor(), datetime(2026, 5, 2, tzinfo=UTC)
    charges = [
        bill.costing("3", Tags='{"team": "a", "owner": "b"}'),
        bill.costing("4", Tags='{"owner": "c"}'),
    ]
    file = bill.write(tmp_path / "a.csv", charges)
    publish_organization(
        workspace.store, actor=actor, at=at, origin="", root=workspace.root, organization=ONE
    )
    ingest.run(workspace, [str(file)], actor=actor, at=at)
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*.parquet")}

    publish_organization(
        workspace.store, actor=actor, at=at, origin="", root=workspace.root, organization=OTHER
    )
    by_team = Query(measures=("BilledCost",), by=("x_Team",))
    told = {number: ask(workspace.dataset(as_of=number), by_team).rows for number in ("1", "2")}
    after = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*.parquet")}
    workspace.close()

    assert told["1"] == (("UNALLOCATED", 4), ("a", 3))
    assert told["2"] == (("UNALLOCATED", 0), ("b", 3), ("c", 4))
    assert {path: after[path] for path in before} == before
    assert len(after) == len(before) + 2
    assert not list(workspace.root.rglob("*.part"))

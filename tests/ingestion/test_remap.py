from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.core.organization import Organization
from finops.ingestion import ingest
from finops.ingestion.organization import publish_organization
from finops.ingestion.remap import open_parts
from finops.measures import ask
from finops.measures import Query
from finops.records.models import PeriodClose
from tests.faults import bill

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 6, 2, tzinfo=UTC)


def test_a_closed_month_keeps_the_owners_that_it_was_closed_with(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    for number in (4, 5):
        file = bill.bill(tmp_path / f"{number}.csv", charges=4, month=number)
        ingest.run(workspace, [str(file)], actor=local_actor(), at=AT)
    with workspace.store.writing() as session:
        session.add(
            PeriodClose(revision=1, month="2026-04", event="closed", at=AT.isoformat(), seal="s")
        )
    snapshot = workspace.snapshot()
    assert snapshot
    with workspace.store.reading() as session:
        assert {part.month for part in open_parts(session, snapshot.parts)} == {"2026-05"}
    body = {
        "teams": [{"id": "t", "name": "T"}],
        "dimensions": {
            "x_Team": {"sub_accounts": {"a": "t"}},
            "x_New": {"sub_accounts": {"a": "n"}},
        },
    }
    publish_organization(
        workspace.store,
        actor=local_actor(),
        at=AT,
        origin="",
        root=workspace.root,
        organization=Organization.from_mapping(body),
    )
    after = workspace.snapshot()
    assert after
    before = {p.path: (p.mapped, p.rollup) for p in snapshot.parts if p.month == "2026-04"}
    assert {p.path: (p.mapped, p.rollup) for p in after.parts if p.month == "2026-04"} == before
    query = Query(measures=("Charges",), by=("x_BillingMonth", "x_New"))
    rows = [row for row in ask(workspace.dataset(), query).rows if row[-1]]
    workspace.close()
    assert rows == [("2026-04", "UNALLOCATED", 4), ("2026-05", "n", 4)]

"""Several processes at once, and one request twice: each effect happens once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.errors import Conflict
from finops.ingestion import ingest
from finops.ingestion.history import imports
from finops.ingestion.report import Status
from finops.records.revisions import current
from tests.faults import bill
from tests.faults.conftest import new_database
from tests.faults.process import run
from tests.faults.process import start
from tests.faults.state import assert_tidy
from tests.faults.state import opened
from tests.faults.state import state
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.report import ImportReport

AT = datetime(2026, 5, 2, tzinfo=UTC)


@pytest.fixture(params=thorough(("sqlite", "postgres")))
def url(request: pytest.FixtureRequest) -> str:
    """The address of empty records; none where they lie in the workspace."""
    if request.param == "sqlite":
        return ""
    return new_database(request.getfixturevalue("postgres_server"))


@pytest.mark.thorough
def test_eight_processes_importing_the_same_file_make_one_snapshot(
    tmp_path: Path, url: str
) -> None:
    root, file = tmp_path / "workspace", bill.bill(tmp_path / "april.csv")
    assert run(root, "init", url=url).code == 0

    running = [start(root, "--json", "import", str(file), url=url) for _ in range(8)]
    ended = [one.wait() for one in running]

    assert [(one.code, one.err) for one in ended] == [(0, "")] * 8
    reports = [json.loads(one.out)["imports"][0] for one in ended]
    assert sorted(report["status"] for report in reports) == ["committed"] + ["unchanged"] * 7
    assert len({report["snapshot"] for report in reports}) == 1
    committed = next(r["import_id"] for r in reports if r["status"] == "committed")
    told = {r["message"] for r in reports if r["status"] == "unchanged"}
    assert told == {f"april.csv is already imported as {committed}."}
    assert state(root, url) == (1, state(root, url).digest, bill.total())
    assert_tidy(root, url)


@pytest.mark.thorough
def test_eight_processes_importing_eight_files_land_all_of_them(tmp_path: Path, url: str) -> None:
    root = tmp_path / "workspace"
    files = [
        bill.bill(tmp_path / f"{month}.csv", month=month, charges=20 + month)
        for month in range(1, 9)
    ]

    ended = [start(root, "init", url=url).wait()]
    ended += [one.wait() for one in [start(root, "import", str(file), url=url) for file in files]]

    assert [(one.code, one.err) for one in ended] == [(0, "")] * 9
    found = state(root, url)
    assert found.number == 8
    assert found.billed == sum(bill.total(charges=20 + month) for month in range(1, 9))
    assert_tidy(root, url)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path / "workspace")
    yield made
    made.close()


def imported(workspace: Workspace, file: Path, key: str) -> ImportReport:
    """Import as the page does, under a key."""
    return ingest.run(workspace, [str(file)], actor=local_actor(), at=AT, key=key, origin="page")[0]


def events(workspace: Workspace) -> int:
    """How many commands took effect."""
    with workspace.store.reading() as session:
        return current(session)


def test_a_double_click_on_import_has_one_effect(workspace: Workspace, tmp_path: Path) -> None:
    file = bill.bill(tmp_path / "april.csv")

    first, second = (imported(workspace, file, "click") for _ in range(2))

    assert (first.status, second.status) == (Status.COMMITTED, Status.UNCHANGED)
    assert first.snapshot == second.snapshot
    assert second.message == f"april.csv is already imported as {first.import_id}."
    assert events(workspace) == len(imports(workspace)) == 1


def test_two_clicks_at_the_same_moment_have_one_effect(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = bill.bill(tmp_path / "april.csv")

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: imported(workspace, file, "click"), range(2)))

    assert {report.status for report in reports} == {Status.COMMITTED, Status.UNCHANGED}
    assert len({report.snapshot for report in reports}) == 1
    assert events(workspace) == len(imports(workspace)) == 1


def test_a_late_second_click_gets_the_first_answer(workspace: Workspace, tmp_path: Path) -> None:
    """In between another file took the place of what the first click brought."""
    april = bill.bill(tmp_path / "april.csv")
    again = bill.bill(tmp_path / "again.csv", cost="2.05")
    first = imported(workspace, april, "click")
    other = imported(workspace, again, "other")

    late = imported(workspace, april, "click")

    assert (late.status, late.snapshot) == (Status.UNCHANGED, first.snapshot)
    assert workspace.snapshot() == workspace.snapshot(other.snapshot)


def test_a_double_click_on_a_file_that_is_refused_is_told_twice_and_kept_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = bill.write(tmp_path / "wrong.csv", [bill.costing("twelve")])

    first, second = (imported(workspace, file, "click") for _ in range(2))

    assert first.status is second.status is Status.REJECTED
    assert first.message == second.message
    assert events(workspace) == len(imports(workspace)) == 1


def test_a_key_that_stands_for_one_file_brings_no_other(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(workspace, bill.bill(tmp_path / "april.csv"), "click")
    may = bill.bill(tmp_path / "may.csv", month=5)

    with pytest.raises(Conflict, match="stands for another request"):
        imported(workspace, may, "click")

    assert events(workspace) == 1
    with opened(workspace.root):
        assert_tidy(workspace.root)

"""An import that is killed leaves the old state or the new one, whole; the next one tidies up."""

from __future__ import annotations

import random
import shutil
import time
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from finops.cli.outcome import run as command
from finops.core.fault import IMPORT
from finops.records.closings import Event
from finops.records.models import PeriodClose
from tests.faults import bill
from tests.faults.conftest import drop_database
from tests.faults.conftest import new_database
from tests.faults.process import KILLED
from tests.faults.process import run
from tests.faults.process import start
from tests.faults.state import assert_tidy
from tests.faults.state import NOTHING
from tests.faults.state import opened
from tests.faults.state import state
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.state import State

AFTER_COMMIT = ("import:after-records", "import:before-cleanup")
WRITING = ("import:before-delta", "import:after-delta", "import:before-records", AFTER_COMMIT[0])
ADJUSTING = ("import:compared", "import:adjusted")
"""What only an import passes that tells a closed month otherwise."""

PASSED = [
    (point, case)
    for point in IMPORT
    for case in ("first", "repeat", "restated", "late")
    if (case == "late" or point not in ADJUSTING) and (case != "repeat" or point not in WRITING)
]
"""Every point with every import that passes it; a repeated file is never written."""
FEW = [("import:after-delta", "restated")]


class Prepared(NamedTuple):
    """A workspace before an import, the file that comes next, and both states it may then hold."""

    root: Path
    file: Path
    before: State
    after: State


class Cases(NamedTuple):
    """The imports, each with a workspace to copy; the late one comes after its month was closed."""

    first: Prepared
    repeat: Prepared
    restated: Prepared
    late: Prepared


def close(root: Path, month: str, url: str = "") -> None:
    """Record that a month was closed for the company."""
    with opened(root, url) as workspace, workspace.store.writing() as session:
        step = PeriodClose(revision=1, month=month, event=Event.CLOSED, at="2026-06-03T09:00:00")
        session.add(step)


def brought(root: Path, file: Path) -> None:
    """Import a file in this process."""
    assert command(["--workspace", str(root), "import", str(file)]) == 0


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    folder = tmp_path_factory.mktemp("cases")
    april, again = bill.bill(folder / "april.csv"), bill.bill(folder / "again.csv", cost="1.35")
    empty, full, restated = folder / "empty", folder / "full", folder / "restated"
    command(["--workspace", str(empty), "init"])
    shutil.copytree(empty, full)
    brought(full, april)
    shutil.copytree(full, restated)
    brought(restated, again)
    closed, adjusted = folder / "closed", folder / "adjusted"
    shutil.copytree(full, closed)
    close(closed, "2026-04")
    shutil.copytree(closed, adjusted)
    brought(adjusted, again)
    one, two, three = state(full), state(restated), state(adjusted)
    assert one.billed == bill.total()
    assert two.billed == three.billed == bill.total(cost="1.35")
    return Cases(
        first=Prepared(empty, april, NOTHING, one),
        repeat=Prepared(full, april, one, one),
        restated=Prepared(full, again, one, two),
        late=Prepared(closed, again, one, three),
    )


@pytest.fixture(scope="module")
def on_postgres(
    cases: Cases, postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, tuple[Path, str]]:
    """The same workspaces with their records on PostgreSQL: folder and address, by the former."""
    folder, url = tmp_path_factory.mktemp("postgres"), new_database(postgres_server)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINOPS_RECORDS_URL", url)
        command(["--workspace", str(folder / "empty"), "init"])
        full_url = new_database(postgres_server, like=url)
        shutil.copytree(folder / "empty", folder / "full")
        patch.setenv("FINOPS_RECORDS_URL", full_url)
        brought(folder / "full", cases.first.file)
        closed_url = new_database(postgres_server, like=full_url)
        shutil.copytree(folder / "full", folder / "closed")
        close(folder / "closed", "2026-04", url=closed_url)
    return {
        cases.first.root: (folder / "empty", url),
        cases.repeat.root: (folder / "full", full_url),
        cases.late.root: (folder / "closed", closed_url),
    }


@pytest.fixture(params=thorough(("sqlite", "postgres")))
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Prepared], tuple[Path, str]]]:
    """Make a workspace like a prepared one; its folder, and the address of its records."""
    urls: list[str] = []

    def made(prepared: Prepared) -> tuple[Path, str]:
        root, url = prepared.root, ""
        if request.param == "postgres":
            root, like = request.getfixturevalue("on_postgres")[prepared.root]
            url = new_database(request.getfixturevalue("postgres_server"), like=like)
            urls.append(url)
            monkeypatch.setenv("FINOPS_RECORDS_URL", url)
        return shutil.copytree(root, tmp_path / "workspace"), url

    yield made
    for url in urls:
        drop_database(request.getfixturevalue("postgres_server"), url)


@pytest.mark.parametrize("passed", thorough(PASSED, but=FEW), ids="-".join)
def test_an_import_killed_at_any_point_leaves_the_old_or_the_new_state(
    cases: Cases, place: Callable[[Prepared], tuple[Path, str]], passed: tuple[str, str]
) -> None:
    point, case = passed
    prepared: Prepared = getattr(cases, case)
    root, url = place(prepared)

    killed = run(root, "import", str(prepared.file), url=url, fault=point)

    assert killed == (KILLED, "", "")
    published = point in AFTER_COMMIT
    assert state(root, url) == (prepared.after if published else prepared.before)

    brought(root, prepared.file)

    assert state(root, url) == prepared.after
    assert_tidy(root, url)


@pytest.mark.thorough
def test_an_import_killed_at_random_times_leaves_the_old_or_the_new_state(
    cases: Cases, tmp_path: Path
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 -- shown when it fails
    chance = random.Random(seed)
    prepared = cases.restated
    root = tmp_path / "workspace"
    shutil.copytree(prepared.root, root)
    kills = 0
    while kills < 20:
        running = start(root, "import", str(prepared.file))
        time.sleep(chance.uniform(0.0, 0.6))
        running.process.kill()
        kills += running.wait().code == KILLED
        found = state(root)
        assert found in {prepared.before, prepared.after}
        if found == prepared.after:
            brought(root, prepared.file)
            assert_tidy(root)
            shutil.rmtree(root)
            shutil.copytree(prepared.root, root)
    brought(root, prepared.file)
    assert state(root) == prepared.after
    assert_tidy(root)


def test_a_writer_killed_before_the_first_snapshot_leaves_nothing_for_other_engines(
    cases: Cases, tmp_path: Path
) -> None:
    """April dies between Delta and the records; May comes: the table then holds May alone."""
    root = tmp_path / "workspace"
    shutil.copytree(cases.first.root, root)
    assert run(root, "import", str(cases.first.file), fault="import:after-delta").code == KILLED

    brought(root, bill.bill(tmp_path / "may.csv", month=5, cost="7"))

    assert state(root).billed == bill.total(cost="7")
    assert_tidy(root)


def test_a_refused_file_tidies_up_after_a_killed_one_too(cases: Cases, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(cases.restated.root, root)
    assert run(root, "import", str(cases.restated.file), fault="import:after-delta").code == KILLED
    wrong = bill.write(tmp_path / "wrong.csv", [bill.costing("twelve")])

    assert command(["--workspace", str(root), "import", str(wrong)]) == 2

    assert state(root) == cases.restated.before
    assert_tidy(root)


@pytest.mark.thorough
def test_an_import_at_work_keeps_its_files_while_others_come_and_go(
    cases: Cases, tmp_path: Path
) -> None:
    """The sweep of one import never takes what another one is writing."""
    root = tmp_path / "workspace"
    shutil.copytree(cases.first.root, root)
    files = [bill.bill(tmp_path / f"{month}.csv", month=month) for month in range(1, 5)]
    running = [start(root, "import", str(file)) for file in files]
    assert [ended.wait().code for ended in running] == [0, 0, 0, 0]
    assert state(root).number == 4
    assert_tidy(root)

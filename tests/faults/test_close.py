"""A close that is killed is open, closing or closed, never half, and ends by itself."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.cli.outcome import run as command
from finops.core.fault import CLOSE
from finops.core.fault import REOPEN
from finops.invoicing.close import resume
from finops.invoicing.seal import seal
from finops.records import audit
from finops.records.closings import closings
from finops.records.closings import steps
from finops.records.closings import waiting
from tests.faults.conftest import drop_database
from tests.faults.conftest import new_database
from tests.faults.process import KILLED
from tests.faults.process import run
from tests.faults.process import start
from tests.faults.state import opened
from tests.invoicing import closable
from tests.invoicing.bill import AT
from tests.invoicing.bill import MONTH
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace

PEOPLE = {"request": "Ann", "approval": "Bob", "seal": "Bob"}
AFTER = {
    "close:before-request": "",
    "close:after-request": "closing",
    "close:before-approval": "closing",
    "close:after-approval": "approved",
    "close:before-seal": "approved",
    "close:after-seal": "closed",
    "reopen:before-request": "closed",
    "reopen:after-request": "reopening",
    "reopen:before-approval": "reopening",
    "reopen:after-approval": "reopened",
}
"""The step that stands when a process was killed at a point."""


class Place(NamedTuple):
    """A workspace and the address of its records."""

    root: Path
    url: str


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month that can be closed."""
    folder = tmp_path_factory.mktemp("closable")
    workspace = make_workspace(folder / "workspace")
    closable.prepare(workspace, folder / "april.csv")
    workspace.close()
    return folder / "workspace"


@pytest.fixture(scope="module")
def on_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The same with its records on PostgreSQL."""
    folder, url = tmp_path_factory.mktemp("postgres"), new_database(postgres_server)
    workspace = make_workspace(folder / "workspace", url=url)
    closable.prepare(workspace, folder / "april.csv")
    workspace.close()
    return Place(folder / "workspace", url)


@pytest.fixture(params=thorough(("sqlite", "postgres")))
def place(
    request: pytest.FixtureRequest, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A workspace of one's own that can be closed, on each database in turn."""
    root, url, server = prepared, "", ""
    if request.param == "postgres":
        root, like = request.getfixturevalue("on_postgres")
        server = request.getfixturevalue("postgres_server")
        url = new_database(server, like=like)
        monkeypatch.setenv("FINOPS_RECORDS_URL", url)
    yield Place(shutil.copytree(root, tmp_path / "workspace"), url)
    if url:
        drop_database(server, url)


def last(workspace: Workspace) -> str:
    """The step that stands; the audit is whole, and one snapshot knows each step."""
    with workspace.store.reading() as session:
        assert audit.verify(session) == ()
        found, made = closings(session), steps(session)
    assert all(bool(row.body) == (row.event == "closed") for row in made)
    assert len(workspace.snapshots()) == 2 + len(made)
    return found[0].event if found else ""


def figures(workspace: Workspace) -> list[str]:
    """The digest of the figures of each seal there is."""
    with workspace.store.reading() as session:
        return [json.loads(row.body)["figures"] for row in steps(session) if row.body]


def by(name: str, words: tuple[str, ...], place: Place) -> None:
    """A step in this process."""
    assert command(["--workspace", str(place.root), *words, "--as", name]) == 0


@pytest.mark.parametrize("point", thorough(CLOSE, but=CLOSE[-1:]))
def test_a_close_killed_at_any_point_is_never_half(place: Place, point: str) -> None:
    close = ("close", MONTH)
    who = PEOPLE[point.rpartition("-")[2]]
    if who == "Bob":
        by("Ann", close, place)

    killed = run(place.root, *close, "--as", who, url=place.url, fault=point)

    assert killed.code == KILLED
    with opened(place.root, place.url) as workspace:
        stands = last(workspace)
        assert stands == AFTER[point]
        with workspace.store.reading() as session:
            expected = [seal(workspace, one).seal for one in waiting(session)]
    # Whatever is done next ends a close that was approved; what was not is done again.
    by("Cy", ("query", "--measure", "BilledCost"), place)
    with opened(place.root, place.url) as workspace:
        assert last(workspace) == ("closed" if stands in {"approved", "closed"} else stands)
        if expected:
            assert [closable.look(workspace).seal] == expected
    for name in ("Ann", "Bob")[stands != "" :]:
        by(name, close, place)
    with opened(place.root, place.url) as workspace:
        assert last(workspace) == "closed"
        assert len(figures(workspace)) == 1


@pytest.mark.parametrize("point", thorough(REOPEN, but=REOPEN[-1:]))
def test_a_reopening_killed_at_any_point_is_never_half(place: Place, point: str) -> None:
    words = ("reopen", MONTH, "--reason", "late")
    by("Ann", ("close", MONTH), place)
    by("Bob", ("close", MONTH), place)
    if point.endswith("approval"):
        by("Ann", words, place)

    killed = run(
        place.root, *words, "--as", PEOPLE[point.rpartition("-")[2]], url=place.url, fault=point
    )

    assert killed.code == KILLED
    with opened(place.root, place.url) as workspace:
        assert last(workspace) == AFTER[point]
        assert (
            closable.look(workspace).state == ("reconciled", "closed")[AFTER[point] != "reopened"]
        )
    for name, after in (("Ann", {"closed"}), ("Bob", {"closed", "reopening"})):
        if AFTER[point] in after:
            by(name, words, place)
    by("Ann", ("close", MONTH), place)
    by("Bob", ("close", MONTH), place)
    with opened(place.root, place.url) as workspace:
        first, second = figures(workspace)
        assert first == second


@pytest.mark.thorough
def test_a_seal_holds_the_same_figures_killed_or_not(prepared: Path, tmp_path: Path) -> None:
    found = set()
    for name, fault in (("whole", ""), ("killed", "close:before-seal")):
        root = shutil.copytree(prepared, tmp_path / name)
        place = Place(root, "")
        by("Ann", ("close", MONTH), place)
        run(root, "close", MONTH, "--as", "Bob", fault=fault)
        with opened(root) as workspace:
            resume(workspace, at=AT)
            found |= set(figures(workspace))
    assert len(found) == 1


@pytest.mark.thorough
def test_a_close_killed_at_random_times_ends_by_itself_under_one_seal(
    prepared: Path, tmp_path: Path
) -> None:
    """One workspace, opened and closed again and again; each round one step of it is killed.

    Ten kills a run; TIEOUT_SOAK=100 makes it a hundred.
    """
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 -- shown when it fails
    chance = random.Random(seed)
    place = Place(shutil.copytree(prepared, tmp_path / "workspace"), "")
    by("Ann", ("close", MONTH), place)
    kills = 0
    while kills < int(os.environ.get("TIEOUT_SOAK", "10")):
        running = start(place.root, "close", MONTH, "--as", "Bob")
        time.sleep(chance.uniform(0.3, 2.5))
        running.process.kill()
        kills += running.wait().code == KILLED
        with opened(place.root) as workspace:
            assert last(workspace) in {"closing", "approved", "closed"}
            resume(workspace, at=AT)
            if last(workspace) == "closed":
                closable.back(workspace, "Ann")
                closable.back(workspace, "Bob")
                closable.step(workspace, "Ann")
    by("Bob", ("close", MONTH), place)
    with opened(place.root) as workspace:
        assert len(set(figures(workspace))) == 1


OFFSETS = tuple(range(300, 170_000, 8_500))
"""Twenty lengths that no file may pass, from less than a page to more than the records are."""


@pytest.mark.thorough
@pytest.mark.parametrize("what", ["close", "reopen"])
def test_a_full_disk_leaves_the_month_as_it_was_and_says_so(
    prepared: Path, tmp_path: Path, what: str
) -> None:
    """Every second step fails for want of room; TIEOUT_SOAK tries each of the twenty lengths."""
    source = shutil.copytree(prepared, tmp_path / "source")
    words = (what, MONTH) if what == "close" else (what, MONTH, "--reason", "late")
    by("Ann", ("close", MONTH), Place(source, ""))
    if what == "reopen":
        by("Bob", ("close", MONTH), Place(source, ""))
        by("Ann", words, Place(source, ""))
    chosen = OFFSETS if "TIEOUT_SOAK" in os.environ else OFFSETS[::4]
    assert len(OFFSETS) == 20
    refused = 0
    for most_bytes in chosen:
        root = shutil.copytree(source, tmp_path / str(most_bytes))
        refused += full(root, words, most_bytes, {"close": "closed", "reopen": "reopened"}[what])
    assert refused > len(chosen) // 2


def full(root: Path, words: tuple[str, ...], most_bytes: int, done: str) -> bool:
    """Whether a step fails for want of room; the month then is as it was, and goes on with room."""
    ended = run(root, *words, "--as", "Bob", most_bytes=most_bytes)
    with opened(root) as workspace:
        stands = last(workspace)
    if ended.code == 0:
        assert stands == done
        return False
    assert ended.code == 2
    assert "fault in Tieout" not in ended.err
    assert ended.err.count("\n") == 1
    assert stands in {"closing", "approved", "reopening"}
    by("Bob", words, Place(root, ""))
    with opened(root) as workspace:
        assert last(workspace) == done
    shutil.rmtree(root)
    return True

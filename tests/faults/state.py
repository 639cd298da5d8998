"""What must be true of a workspace whatever was done to it, and what it then holds."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from typing import NamedTuple
from typing import TYPE_CHECKING

from deltalake import DeltaTable

from finops.access.workspace import open_workspace
from finops.dataset.snapshot import added
from finops.ingestion.sweep import named
from finops.measures import ask
from finops.measures import Query
from finops.records import audit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace


class State(NamedTuple):
    """The newest snapshot's number and digest, and what its charges add up to."""

    number: int
    digest: str
    billed: Decimal


NOTHING = State(0, "", Decimal(0))


@contextmanager
def opened(root: Path, url: str = "") -> Iterator[Workspace]:
    """The workspace, opened as after a restart."""
    workspace = open_workspace(root, url=url)
    try:
        yield workspace
    finally:
        workspace.close()


def state(root: Path, url: str = "") -> State:
    """What a workspace holds; its audit is whole, and lines, rollup and snapshot add up alike."""
    with opened(root, url) as workspace:
        with workspace.store.reading() as session:
            assert audit.verify(session) == ()
        snapshot = workspace.snapshot()
        if snapshot is None:
            return NOTHING
        dataset = workspace.dataset()
        billed = ask(dataset, Query(measures=("BilledCost",))).total["BilledCost"]
        by_line = ask(dataset, Query(measures=("BilledCost",), by=("ResourceId",)))
        told = added(tuple(sums for part in snapshot.charges for sums in part.sums))
        assert billed == by_line.total["BilledCost"] == dict(told[0].amounts)["BilledCost"]
        return State(snapshot.number, snapshot.digest, Decimal(billed or 0))


def assert_tidy(root: Path, url: str = "") -> None:
    """Every file belongs to a snapshot, and the newest version of Delta is what is published."""
    with opened(root, url) as workspace:
        snapshot = workspace.snapshot()
        kept = named(workspace.snapshots())
    assert orphans(root, kept) == []
    meant = {part.path.removeprefix("charges/") for part in snapshot.charges} if snapshot else set()
    assert newest_files(root) == meant


def orphans(root: Path, kept: frozenset[str]) -> list[str]:
    """The files below a workspace that nothing needs."""
    below = [path for path in root.rglob("*") if path.is_file()]
    found = {path.relative_to(root).as_posix() for path in below if "_delta_log" not in path.parts}
    own = {name for name in found if name.startswith(("records.sqlite", "finops.toml", "log/"))}
    return sorted(found - own - kept)


def newest_files(root: Path) -> set[str]:
    """The files of the newest version of the table, as another engine would read it."""
    try:
        uris = DeltaTable(str(root / "charges")).file_uris()
    except Exception as error:  # noqa: BLE001 -- no table yet
        assert "not" in str(error).lower()  # noqa: PT017
        return set()
    return {uri.rsplit("/charges/", 1)[1] for uri in uris}

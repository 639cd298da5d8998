"""What a dead import left goes; what a living one works on, or a snapshot names, stays."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from finops.errors import ImportRefused
from finops.ingestion.sweep import clear_desks
from finops.ingestion.sweep import desk
from finops.ingestion.sweep import named
from finops.ingestion.sweep import sweep
from tests.corpus import as_csv
from tests.corpus import three
from tests.corpus.workspaces import brought
from tests.corpus.workspaces import files_of

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

DEAD, ALIVE = "0123456789ab", "ba9876543210"


def left(workspace: Workspace, import_id: str) -> Path:
    """A part that an import wrote and nobody published."""
    folder = workspace.root / "charges/x_Source=a/x_BillingMonth=2026-04"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{import_id}-0-abc.parquet"
    path.write_bytes(b"")
    return path


def test_orphans_go_and_what_a_snapshot_names_stays(fresh: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_bytes(as_csv(three()))
    brought(fresh, tmp_path / "bill.csv")
    before = files_of(fresh)
    orphan = left(fresh, DEAD)
    gone = sweep(fresh.root, fresh.snapshots())
    assert gone == (orphan.relative_to(fresh.root).as_posix(),)
    assert files_of(fresh) == before
    assert named(fresh.snapshots()) <= before


def test_what_a_living_import_wrote_stays_until_its_end(fresh: Workspace) -> None:
    with desk(fresh, ALIVE) as folder:
        part = left(fresh, ALIVE)
        clear_desks(fresh.root)
        assert sweep(fresh.root, ()) == ()
        assert folder.exists()
        assert part.exists()
    assert not folder.exists()
    assert not part.exists()


def test_a_desk_that_nobody_works_at_is_cleared(fresh: Workspace) -> None:
    abandoned = fresh.root / "staging" / DEAD
    abandoned.mkdir()
    (abandoned / "0.parquet").write_bytes(b"half")
    clear_desks(fresh.root)
    assert not abandoned.exists()


def test_a_full_disk_is_said_and_leaves_nothing(fresh: Workspace) -> None:
    def works() -> None:
        with desk(fresh, ALIVE):
            left(fresh, ALIVE)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ImportRefused, match="no room on the disk"):
        works()
    assert files_of(fresh) == set()


def test_other_faults_are_not_taken_for_a_full_disk(fresh: Workspace) -> None:
    def works() -> None:
        with desk(fresh, ALIVE):
            left(fresh, ALIVE)
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    with pytest.raises(PermissionError, match="Permission denied"):
        works()
    assert files_of(fresh) == set()

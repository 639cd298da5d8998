"""Sweep: what an import that was killed left on the disk, taken away before the next one."""

from __future__ import annotations

import fcntl
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from finops.dataset.deliveries import CHARGES
from finops.dataset.deliveries import OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace

LOCK = "lock"


@contextmanager
def desk(workspace: Workspace, import_id: str) -> Iterator[Path]:
    """A folder of the import's own, cleared away at the end; its lock dies with the process."""
    folder = workspace.root / "staging" / import_id
    folder.mkdir(parents=True)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(workspace: Workspace) -> tuple[str, ...]:
    """Take away the desks of imports that died, and the parts they wrote; the names of these.

    A part is kept if any snapshot ever named it, or if the import that wrote it is still running.
    """
    dead = tuple(folder.name for folder in _desks(workspace) if _abandoned(folder))
    if not dead:
        return ()
    kept = {part.path for snapshot in workspace.snapshots() for part in snapshot.parts}
    for folder in (CHARGES, OTHERS):
        for path in (workspace.root / folder).rglob("*.parquet"):
            named = path.relative_to(workspace.root).as_posix()
            if path.name.split("-")[0] in dead and named not in kept:
                path.unlink()
    for name in dead:
        shutil.rmtree(workspace.root / "staging" / name, ignore_errors=True)
    return dead


def _desks(workspace: Workspace) -> list[Path]:
    staging = workspace.root / "staging"
    return [folder for folder in staging.iterdir() if (folder / LOCK).exists()]


def _abandoned(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:
        return False

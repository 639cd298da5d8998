"""Sweep: what an import that was killed left on the disk, taken away by the next one."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from finops.dataset.deliveries import CHARGES
from finops.dataset.deliveries import OTHERS
from finops.dataset.derive import FOLDER as DERIVED
from finops.errors import ImportRefused
from finops.errors import RecordsError

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.dataset.snapshot import Snapshot

STAGING = "staging"

_WRITTEN_BY = re.compile("(?:tmp_)?([0-9a-f]{12})-")
"""How the name of a file begins that an import wrote: with the id of that import."""


_NO_ROOM = tuple(os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What a system says when nothing more can be written."""


@contextmanager
def desk(workspace: Workspace, import_id: str) -> Iterator[Path]:
    """A folder of the import's own; at its end it goes, and what the import wrote in vain.

    While the folder lies there locked the import is alive; the lock dies with the process.

    Raises:
        ImportRefused: the disk is full.
    """
    folder = workspace.root / STAGING / import_id
    lock = _taken(folder)
    try:
        yield folder
    except RecordsError:
        # Whether it was published only the records know: the next import sees to the files.
        raise
    except Exception as error:
        _clear(workspace, import_id)
        hold_room(str(error))
        raise
    else:
        _clear(workspace, import_id)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def hold_room(said: str) -> None:
    """Go on unless a fault says that the disk is full.

    Raises:
        ImportRefused: it does.
    """
    if any(word in said for word in _NO_ROOM):
        message = "There is no room on the disk for this import; nothing was changed."
        raise ImportRefused(message, remedy="Free some space and import again.")


def clear_desks(root: Path) -> None:
    """Take away the desks of imports that died; it needs no lock of the records."""
    for folder in _desks(root):
        lock = _abandoned(folder)
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def sweep(root: Path, snapshots: Iterable[Snapshot]) -> tuple[str, ...]:
    """Take away what no import at work and no snapshot owns; the paths of it.

    Call it only inside the one writing transaction of the records, with every snapshot there is:
    no import is then between its commit and its end.
    """
    # In this order: an import's desk stands before its first file, and until it is published.
    lying = {path: found[1] for path in _files(root) if (found := _WRITTEN_BY.match(path.name))}
    alive = {folder.name for folder in _desks(root) if _works(folder)}
    orphans = [path for path, import_id in lying.items() if import_id not in alive]
    return _removed(root, orphans, snapshots) if orphans else ()


def named(snapshots: Iterable[Snapshot]) -> frozenset[str]:
    """The paths of every file that one of these snapshots names."""
    parts = (part for snapshot in snapshots for part in snapshot.parts)
    return frozenset(
        name for part in parts for name in (part.path, part.mapped, part.rollup) if name
    )


def _clear(workspace: Workspace, import_id: str) -> None:
    """Take away the files of one import that no snapshot names: refused, or there already."""
    root = workspace.root
    own = [path for path in _files(root) if path.name.removeprefix("tmp_").startswith(import_id)]
    _removed(root, own, workspace.snapshots())


def _removed(root: Path, paths: Collection[Path], snapshots: Iterable[Snapshot]) -> tuple[str, ...]:
    kept = named(snapshots)
    gone = sorted(name for path in paths if (name := path.relative_to(root).as_posix()) not in kept)
    for name in gone:
        (root / name).unlink(missing_ok=True)
    return tuple(gone)


def _files(root: Path) -> list[Path]:
    below = (path for folder in (CHARGES, OTHERS, DERIVED) for path in (root / folder).rglob("*"))
    return [path for path in below if path.is_file()]


def _desks(root: Path) -> list[Path]:
    return [folder for folder in (root / STAGING).iterdir() if folder.is_dir()]


def _taken(folder: Path) -> int:
    """Make a desk and lock it; made anew if a sweeper took it away before it was locked."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(folder, fcntl.LOCK_EX)
        if lock is not None and folder.exists():
            return lock
        if lock is not None:
            os.close(lock)


def _abandoned(folder: Path) -> int | None:
    """The lock of a desk whose import died; none where somebody works at it."""
    return _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _works(folder: Path) -> bool:
    lock = _abandoned(folder)
    if lock is not None:
        os.close(lock)
    return lock is None and folder.exists()


def _locked(folder: Path, how: int) -> int | None:
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, how)
    except OSError:
        os.close(lock)
        return None
    return lock

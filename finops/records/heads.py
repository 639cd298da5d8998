"""Heads: each new end of the audit is noted in a file, so that an end that is cut off is missed.

The chain of the audit shows what was changed inside it; only a note outside the database shows that
its end was cut off, or that all of it was written anew. A note that is lost (a crash between the
commit and the note) loses nothing else: the next one stands for it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from finops.records.audit import Head

if TYPE_CHECKING:
    from pathlib import Path

FILE = "audit-heads.txt"
"""What the file is called, in the folder `log` of a workspace."""

_LINE = re.compile(r"([0-9]{1,18}) ([0-9a-f]{64})")


def note(file: Path, head: Head) -> None:
    """Add a head; a disk that is full must not undo what has been committed."""
    with suppress(OSError), file.open("a", encoding="ascii") as notes:
        notes.write(f"{head.sequence} {head.hash}\n")


def noted(file: Path) -> tuple[Head, ...]:
    """Every head that was noted; lines that were cut short are left out."""
    if not file.exists():
        return ()
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    found = (_LINE.fullmatch(line) for line in lines)
    return tuple(Head(int(each[1]), each[2]) for each in found if each)

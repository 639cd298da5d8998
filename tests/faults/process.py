"""The real command line in processes of their own, that may be killed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]
KILLED = -9


class Ended(NamedTuple):
    """How a command ended: its exit code, or the signal below 0, and what it printed."""

    code: int
    out: str
    err: str


class Running(NamedTuple):
    """A command at work."""

    process: subprocess.Popen[bytes]
    printed: Path

    def wait(self, seconds: float = 120) -> Ended:
        """Wait until it has ended."""
        code = self.process.wait(seconds)
        out, err = ((self.printed / name).read_text() for name in ("out", "err"))
        return Ended(code, out, err)


def start(
    workspace: Path, *words: str, url: str = "", fault: str = "", most_bytes: int = 0
) -> Running:
    """Start `finops` in a process; with `most_bytes`, no file may become longer than that."""
    printed = Path(tempfile.mkdtemp(dir=workspace.parent))
    told = {"FINOPS_WORKSPACE": str(workspace), "FINOPS_RECORDS_URL": url, "FINOPS_FAULT": fault}
    if most_bytes:
        # Python keeps what it could write of compiled code, and no later process can read that.
        told["PYTHONDONTWRITEBYTECODE"] = "1"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FINOPS_")}
    with (printed / "out").open("wb") as out, (printed / "err").open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "finops", *words],
            cwd=PROJECT,
            env=kept | {name: value for name, value in told.items() if value},
            stdout=out,
            stderr=err,
        )
    if most_bytes:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    return Running(process, printed)


def run(workspace: Path, *words: str, url: str = "", fault: str = "", most_bytes: int = 0) -> Ended:
    """Run `finops` in a process to its end."""
    return start(workspace, *words, url=url, fault=fault, most_bytes=most_bytes).wait()

"""The real command line in processes of their own, quick to start, that may be killed.

A server that has imported the command line, and opened nothing, forks one process for each command.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.cli import main

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_AT_HAND = (
    "alembic.command",
    "duckdb",
    "finops.cli.app",
    "finops.cli.demo",
    "finops.cli.progress",
    "finops.config",
    "finops.demo.open",
    "finops.measures",
    "psycopg",
    "pyarrow.parquet",
    "rich.progress",
    "rich.table",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite",
)
"""What a command loads sooner or later, and the server has loaded for it."""

for name in _AT_HAND:
    importlib.import_module(name)

KILLED = -9


class Ended(NamedTuple):
    """How a command ended: its exit code, or the signal below 0, and what it printed."""

    code: int
    out: str
    err: str


class Running(NamedTuple):
    """A command at work."""

    process: BaseProcess
    printed: Path

    def wait(self, seconds: float = 120) -> Ended:
        """Wait until it has ended."""
        self.process.join(seconds)
        assert self.process.exitcode is not None, "the command hangs"
        out, err = ((self.printed / name).read_text() for name in ("out", "err"))
        return Ended(self.process.exitcode, out, err)


def start(
    workspace: Path, *words: str, url: str = "", fault: str = "", most_bytes: int = 0
) -> Running:
    """Start `finops` in a process; with `most_bytes`, no file may become longer than that."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    printed = Path(tempfile.mkdtemp(dir=workspace.parent))
    told = {"FINOPS_WORKSPACE": str(workspace), "FINOPS_RECORDS_URL": url, "FINOPS_FAULT": fault}
    process = context.Process(target=_command, args=(words, told, printed, most_bytes))
    process.start()
    return Running(process, printed)


def run(workspace: Path, *words: str, url: str = "", fault: str = "", most_bytes: int = 0) -> Ended:
    """Run `finops` in a process to its end."""
    return start(workspace, *words, url=url, fault=fault, most_bytes=most_bytes).wait()


def _command(words: tuple[str, ...], told: dict[str, str], printed: Path, most_bytes: int) -> None:
    for name, descriptor in (("out", 1), ("err", 2)):
        os.dup2(os.open(printed / name, os.O_WRONLY | os.O_CREAT), descriptor)
    # The server may have been started with the variables of another test.
    for name in [name for name in os.environ if name.startswith("FINOPS_")]:
        del os.environ[name]
    os.environ.update({name: value for name, value in told.items() if value})
    sys.argv = ["finops", *words]
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    main()

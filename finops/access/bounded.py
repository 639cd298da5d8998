"""Bounded: a process of its own for a file that nobody vouches for, held to memory and time.

To the engine a file that makes it crash is a bug; a file from elsewhere may be an attack. It is
read by a child process, whose death is an answer too.
"""

from __future__ import annotations

import resource
import subprocess
import sys

MEMORY = 12 * 1024**3
"""Address space of the process in bytes; the engine reserves several times what it uses."""

SECONDS = 3600
"""Processor time of the process."""


def bound(*, seconds: int = SECONDS) -> None:
    """Hold this process to its memory and time, without a picture of itself if it dies."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(module: str, said: str, *, seconds: int) -> str | None:
    """What a module says on standard output to what it is told; None if it died or took too long.

    The module holds itself to `bound` first.
    """
    words = [sys.executable, "-m", module]
    try:
        done = subprocess.run(  # noqa: S603 -- our own words, no shell
            words, input=said, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None

"""Measured: a process's time from its start, and the most memory it ever held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a process: seconds by the clock, and peak memory in MiB."""

    seconds: float
    peak: float


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """Ours against the bare tool's, and the bar that the product promises (product.md 6)."""

    work: str
    ours: float
    bare: float
    bar: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the bare tool's; against a fixed bound, the share of it."""
        return self.ours / self.bare if self.bare else 0.0

    @property
    def holds(self) -> bool:
        """Whether the bar holds."""
        return self.ratio <= self.bar


def process(words: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end.

    Raises:
        CalledProcessError: it failed.
    """
    begun = time.perf_counter()
    running = subprocess.Popen(  # noqa: S603 -- our own commands
        words, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - begun
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, words)
    return Run(seconds=seconds, peak=usage.ru_maxrss / 1024)


def told(module: str, *given: str) -> float:
    """The seconds that one of our modules says it took, in a process of its own.

    Raises:
        CalledProcessError: it failed.
    """
    words = [sys.executable, "-m", module, *given]
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    return float(done.stdout)


def middle(runs: Sequence[Run]) -> Run:
    """The median time of some runs, and the highest peak."""
    return Run(seconds=median(run.seconds for run in runs), peak=max(run.peak for run in runs))

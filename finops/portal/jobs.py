"""Jobs: long work that goes on by itself while the page that started it draws its progress.

A second click finds the job of the first: one key, one effect. Nothing in a job draws.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from threading import Thread
from typing import Any
from typing import Generic
from typing import TypeVar

from finops.errors import TieoutError

Result = TypeVar("Result")
Work = Callable[[Callable[..., None]], Result]

log = logging.getLogger(__name__)


@dataclass
class Job(Generic[Result]):
    """One piece of work: how far it is, and how it ended."""

    done: bool = False
    progress: tuple[Any, ...] = ()
    result: Result | None = None
    error: TieoutError | None = None
    broken: bool = False

    def report(self, *progress: Any) -> None:  # noqa: ANN401
        """Note how far the work is."""
        self.progress = progress

    def run(self, work: Work[Result]) -> None:
        """Do the work and keep how it ended."""
        try:
            self.result = work(self.report)
        except TieoutError as error:
            self.error = error
        except Exception:
            log.exception("A job failed")
            self.broken = True
        finally:
            self.done = True


class Jobs:
    """Every job of this server by its key."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job[Any]] = {}
        self._lock = Lock()

    def start(self, key: str, work: Work[Any]) -> Job[Any]:
        """Start the work, or give the job that has this key already."""
        with self._lock:
            if key in self._jobs:
                return self._jobs[key]
            job = self._jobs[key] = Job[Any]()
        Thread(target=job.run, args=(work,), name=f"job {key}", daemon=True).start()
        return job

    def find(self, key: str) -> Job[Any] | None:
        """The job with this key."""
        return self._jobs.get(key)

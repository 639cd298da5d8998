"""Work that outlives the run of the page that started it."""

from __future__ import annotations

import logging
from threading import Event
from typing import Any
from typing import TYPE_CHECKING

from finops.errors import ImportRefused
from finops.portal.jobs import Job
from finops.portal.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def test_two_clicks_do_the_work_once() -> None:
    jobs, go, done = Jobs(), Event(), list[int]()

    def work(_: Callable[..., None]) -> int:
        go.wait(5)
        done.append(1)
        return 1

    first, second = jobs.start("key", work), jobs.start("key", work)
    go.set()
    assert first is second
    assert _ended(first).result == 1
    assert done == [1]


def test_progress_can_be_read_from_outside() -> None:
    job: Job[None] = Job()
    job.run(lambda report: report("read", 3))
    assert job.progress == ("read", 3)


def test_a_refusal_is_kept_with_its_sentence() -> None:
    def work(_: Callable[..., None]) -> None:
        message = "Line 3 is no charge."
        raise ImportRefused(message, remedy="Mend it.")

    job = _ended(Jobs().start("key", work))
    assert job.error
    assert job.error.sentence == "Line 3 is no charge. Mend it."


def test_a_fault_of_ours_ends_the_job_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def work(_: Callable[..., None]) -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        job: Job[Any] = Job()
        job.run(work)
    assert job.broken
    assert job.done
    assert "A job failed" in caplog.text


def _ended(job: Job[Any]) -> Job[Any]:
    waiting = Event()
    for _ in range(500):
        if job.done:
            return job
        waiting.wait(0.01)
    message = "The job never ends."
    raise AssertionError(message)

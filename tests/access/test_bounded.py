"""A process of its own answers, dies or takes too long, and whoever asked goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from finops.access import bounded


def test_a_process_holds_itself_to_memory_and_time() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import resource\nfrom finops.access.bounded import bound\nbound(seconds=7)\n"
                "for one in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE):\n"
                "    print(resource.getrlimit(one)[0])"
            ),
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.split() == [str(bounded.MEMORY), "7", "0"]


def test_what_a_module_says_is_its_answer() -> None:
    assert bounded.answer("base64", "tie", seconds=60) == "dGll\n"


@pytest.mark.parametrize(("module", "seconds"), [("no.such.module", 60), ("timeit", 0)])
def test_a_process_that_dies_or_takes_too_long_has_no_answer(module: str, seconds: int) -> None:
    assert bounded.answer(module, "", seconds=seconds) is None

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from finops.core.fault import POINTS

PROJECT = Path(__file__).parent.parent.parent


def test_every_point_is_passed_somewhere_and_no_other_is() -> None:
    sources = (path.read_text() for path in (PROJECT / "finops").rglob("*.py"))
    passed = {name for text in sources for name in re.findall(r'\bpoint\("([^"]+)"\)', text)}
    assert passed == set(POINTS)


@pytest.mark.parametrize("word", ["", POINTS[0]])
def test_nothing_dies_at_points_that_are_not_named(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("FINOPS_FAULT", word)
    code = "from finops.core.fault import *; [point(name) for name in POINTS[1:]]; print('alive')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (0, "alive\n")


def test_the_process_dies_at_the_point_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINOPS_FAULT", POINTS[0])
    code = f"from finops.core.fault import point; point({POINTS[0]!r}); print('alive')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "")

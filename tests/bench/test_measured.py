from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from finops.bench.measured import middle
from finops.bench.measured import process
from finops.bench.measured import Ratio
from finops.bench.measured import Run
from finops.bench.measured import told

if TYPE_CHECKING:
    from pathlib import Path


def test_a_process_is_timed_from_its_start_to_its_end() -> None:
    run = process([sys.executable, "-c", "import time; time.sleep(0.2)"])
    assert run.seconds >= 0.2
    assert run.peak > 1


def test_a_process_that_fails_measures_nothing() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        process([sys.executable, "-c", "raise SystemExit(3)"])


def test_the_middle_of_runs_is_their_median_time_and_highest_peak() -> None:
    runs = [Run(seconds=s, peak=p) for s, p in ((1, 9), (5, 2), (2, 3))]
    assert middle(runs) == Run(seconds=2, peak=9)


def test_a_bar_holds_up_to_its_ratio() -> None:
    assert Ratio(work="w", ours=4, bare=2, bar=2.0).holds
    assert not Ratio(work="w", ours=4.1, bare=2, bar=2.0).holds


def test_a_module_says_itself_how_long_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spent.py").write_text("import sys; print(sys.argv[1])")
    monkeypatch.chdir(tmp_path)
    assert told("spent", "1.5") == 1.5

"""Imports: bringing a bill in, from process start to published snapshot, against DuckDB alone."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from finops.bench import bare_engine
from finops.bench import bill
from finops.bench.measured import middle
from finops.bench.measured import process
from finops.bench.measured import Ratio
from finops.bench.measured import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BAR = 2.0
PEAK = 2048
"""The most memory an import may take, in MiB, however many lines there are."""

_FINOPS = (sys.executable, "-m", "finops")


def imports(
    folder: Path, *, rows: int, rounds: int, say: Callable[[str], None]
) -> tuple[Ratio, ...]:
    """Measure an import of `rows` lines in turns with the bare engine, and its memory at twice."""
    source, larger = folder / f"bill-{rows}.csv.gz", folder / f"bill-{2 * rows}.csv.gz"
    for path, count in ((source, rows), (larger, 2 * rows)):
        if not path.exists():
            say(f"making a bill of {count:,} lines")
            bill.write(path, rows=count)
    ours, bare = [], []
    for turn in range(rounds):
        say(f"importing {rows:,} lines, round {turn + 1} of {rounds}")
        bare.append(_bare(source, folder))
        ours.append(_ours(source, folder / "workspace"))
    say(f"importing {2 * rows:,} lines for their memory")
    twice = _ours(larger, folder / "workspace-twice")
    shutil.rmtree(folder / "workspace-twice")
    mine, theirs = middle(ours), middle(bare)
    return (
        Ratio(work=f"import of {rows:,} lines", ours=mine.seconds, bare=theirs.seconds, bar=BAR),
        Ratio(work=f"peak memory, {rows:,} lines", ours=mine.peak, bare=PEAK, bar=1.0, unit="MiB"),
        Ratio(
            work=f"peak memory, {2 * rows:,} lines", ours=twice.peak, bare=PEAK, bar=1.0, unit="MiB"
        ),
    )


def _bare(source: Path, folder: Path) -> Run:
    target = folder / "bare.parquet"
    run = process([sys.executable, "-m", bare_engine.__name__, str(source), str(target)])
    target.unlink()
    return run


def _ours(source: Path, workspace: Path) -> Run:
    shutil.rmtree(workspace, ignore_errors=True)
    process([*_FINOPS, "--workspace", str(workspace), "init"])
    return process([*_FINOPS, "--workspace", str(workspace), "import", str(source), "--json"])

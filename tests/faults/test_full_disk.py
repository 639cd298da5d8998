"""A disk that is full: a clear sentence, the old state as it was, and nothing half written."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from finops.cli.outcome import run as command
from tests.faults import bill
from tests.faults.process import run
from tests.faults.state import assert_tidy
from tests.faults.state import state
from tests.lanes import thorough

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.state import State

SIZES = (300, 4_000, 12_000, 20_000, 30_000, 60_000, 200_000)
"""How many bytes a file may have, so that the disk is full at one step of an import or another."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, State]:
    """A workspace with April, May's file of many charges, and what is held before."""
    folder = tmp_path_factory.mktemp("full")
    root = folder / "workspace"
    command(["--workspace", str(root), "init"])
    file = bill.bill(folder / "april.csv")
    assert command(["--workspace", str(root), "import", str(file)]) == 0
    return root, bill.bill(folder / "may.csv", month=5, charges=3000), state(root)


@pytest.mark.parametrize("most_bytes", thorough(SIZES, but=(20_000,)))
def test_a_full_disk_is_told_and_changes_nothing(
    prepared: tuple[Path, Path, State], tmp_path: Path, most_bytes: int
) -> None:
    source, file, before = prepared
    root = shutil.copytree(source, tmp_path / "workspace")

    ended = run(root, "import", str(file), most_bytes=most_bytes)

    if ended.code == 0:
        assert most_bytes >= 60_000
        return
    assert ended.code == 2
    assert "room" in ended.err
    assert "fault in Tieout" not in ended.err
    assert ended.err.count("\n") == 1
    assert state(root) == before

    # There is room again.
    assert command(["--workspace", str(root), "import", str(file)]) == 0
    assert state(root).billed == before.billed + bill.total(charges=3000)
    assert_tidy(root)

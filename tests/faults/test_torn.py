"""A file that was cut off after it was committed: opening says so, and nothing wrong is shown."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import make_workspace
from finops.errors import DatasetError
from finops.measures import ask
from finops.measures import Query
from tests.faults import bill
from tests.faults.process import run
from tests.faults.state import opened
from tests.invoicing.bill import bring_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("torn")
    workspace = make_workspace(folder / "workspace")
    bring_file(workspace, bill.bill(folder / "april.csv"))
    workspace.close()
    return folder / "workspace"


@pytest.mark.parametrize("what", ["charges/x_*", "derived", "charges/_delta_log"])
@pytest.mark.parametrize("left", [0, 1, 100, -1, None])
def test_a_torn_or_missing_file_is_named_with_what_to_do(
    healthy: Path, tmp_path: Path, what: str, left: int | None
) -> None:
    root = shutil.copytree(healthy, tmp_path / "workspace")
    victim = max(path for path in root.glob(f"{what}/**/*") if path.is_file())
    if left is None:
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[:left])

    with opened(root) as workspace, pytest.raises(DatasetError) as error:
        ask(workspace.dataset(), Query(measures=("BilledCost",)))

    assert "1-" in str(error.value)
    assert error.value.remedy


def test_the_command_line_says_it_in_one_line(healthy: Path, tmp_path: Path) -> None:
    root = shutil.copytree(healthy, tmp_path / "workspace")
    victim = next(root.glob("charges/x_*/**/*.parquet"))
    victim.write_bytes(victim.read_bytes()[:-10])

    ended = run(root, "query", "--measure", "BilledCost")

    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert victim.name in ended.err
    assert "Restore" in ended.err

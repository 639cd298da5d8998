from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.bench.imports import imports

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.thorough
def test_an_import_is_measured_beside_the_bare_engine(tmp_path: Path) -> None:
    told: list[str] = []
    speed, peak, twice = imports(tmp_path, rows=500, rounds=1, say=told.append)
    assert speed.bare > 0
    assert speed.ours > 0
    assert peak.unit == twice.unit == "MiB"
    assert told[0] == "making a bill of 500 lines"
    assert (tmp_path / "workspace" / "records.sqlite").exists()

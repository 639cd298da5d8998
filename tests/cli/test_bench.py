from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


@pytest.mark.thorough
def test_what_is_promised_of_imports_is_measured_beside_the_bare_engine(
    finops: Finops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine without a browser; there pages are left out, and that is said."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    finops("init")
    answer = finops("bench", "--rows", "2000", "--rounds", "1", "--keep", str(tmp_path), "--json")
    measured = answer.document["measured"]
    assert [one["work"] for one in measured] == [
        "import of 2,000 lines",
        "peak memory, 2,000 lines",
        "peak memory, 4,000 lines",
        "reconcile of 2,000 lines",
        "mapping of 2,000 lines by 1,000 rules",
    ]
    assert all(one["ratio"] > 0 for one in measured)

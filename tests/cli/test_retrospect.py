"""`finops review retrospective`, over the months of a small company."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access.workspace import make_workspace
from tests.operations.room import spring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.conftest import Answer


def test_a_month_is_looked_back_at_and_a_decision_comes_out_of_it(
    finops: Callable[..., Answer],
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FINOPS_TODAY", "2026-06-10")
    made = make_workspace(workspace)
    spring(made, tmp_path / "spring.csv")
    made.close()
    finops("review", "new", "--day", "2026-06-24")
    words = ("--question", "Why?", "--choice", "Look earlier", "--kind", "rule")
    finops("review", "decide", *words, "--retrospective", "all 2026-05")
    found = finops("--json", "review", "retrospective").document
    assert found["retrospective"] == "all 2026-05"
    assert (found["before"], found["after"]) == ("960", "690")
    assert sum(Decimal(one["amount"]) for one in found["steps"]) == -270
    assert [one["choice"] for one in found["decisions"]] == ["Look earlier"]
    assert "Look earlier" in finops("review", "retrospective", "--of", "2026-05").out
    assert "Out of the retrospective: all 2026-05" in finops("review", "minutes").out
    assert finops("review", "retrospective", "--of", "2026-04").code == 2

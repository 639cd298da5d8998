from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from tests.demo import tied

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Finops


def test_an_empty_workspace_says_how_to_go_on(finops: Finops, workspace: Path) -> None:
    answer = finops("init")
    assert answer.code == 0
    assert "finops import" in answer.out
    assert finops("init", "--json").document == {"workspace": str(workspace)}


def test_a_day_that_is_none_is_refused_before_anything_is_made(
    finops: Finops, workspace: Path
) -> None:
    answer = finops("demo", "--date", "yesterday")
    assert answer.code == 2
    assert "'yesterday'" in answer.err
    assert not (workspace / "truth.json").exists()


@pytest.mark.thorough
def test_the_demo_has_two_years_and_a_month_of_three_providers(
    finops: Finops, workspace: Path
) -> None:
    document = finops("demo", "--date", "2026-11-21", "--json").document
    assert document["imports"] == 75
    assert document["rows"] > 350_000
    assert (workspace / "truth.json").exists()
    months = finops(
        "query", "--measure", "Charges", "--grain", "month", "--axis", "billing", "--json"
    )
    rows = months.document["rows"]
    assert (len(rows), rows[0]["month"], rows[-1]["month"]) == (25, "2024-10", "2026-10")
    _hold_to_its_invoices(workspace)


def _hold_to_its_invoices(home: Path) -> None:
    """On the billed basis both trees are the invoices, in months that no other test looks at."""
    workspace = open_workspace(home)
    dataset = workspace.dataset()
    months = sorted({part.month for part in dataset.snapshot.charges})
    found = [tied.hold(workspace, dataset, month) for month in months[-8:-4]]
    workspace.close()
    assert all(one.keys() == {"USD", "EUR"} for one in found)

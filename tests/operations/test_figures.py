"""Figures of several months at once are those of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.operations.figures import figures_each
from finops.operations.figures import figures_of
from finops.operations.owners import CENTER
from finops.operations.owners import TEAM
from tests.operations.owned import market

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


@pytest.mark.parametrize("dimension", [TEAM, CENTER])
def test_months_that_are_told_together_are_told_as_each_alone(
    opened: Workspace, tmp_path: Path, dimension: str
) -> None:
    market(opened, tmp_path / "a.csv", ("2026-04", "2026-05"))
    months = (BillingPeriod(2026, 4), BillingPeriod(2026, 5))
    dataset = opened.dataset()
    together = figures_each(opened, dataset, months, dimension)
    assert together == tuple(figures_of(opened, dataset, one, dimension) for one in months)
    assert together[1].before == together[0].now
    assert together[1].now.teams

"""What is there of metrics, budgets and events, in a sentence and as of a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from finops.core.period import BillingPeriod
from finops.portal import inputs
from finops.portal.lens import Lens
from tests.pages import bills

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.dataset import Dataset

OCTOBER = Lens(period=BillingPeriod(2026, 10))


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dataset]:
    folder = bills.planned(tmp_path)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(folder))
    workspace = open_workspace(folder)
    yield workspace.dataset()
    workspace.close()


def test_the_sentence_says_how_much_of_business_and_cost_is_told(dataset: Dataset) -> None:
    """Orders lack a day; search is two thirds of the cost."""
    told = inputs.sentence(dataset, OCTOBER).replace("\u00a0", " ")
    assert told == (
        "**Units are in for 1 of 2 products for October 2026, with days missing for checkout**; "
        "budgets for FY26 cover 65.8 % of cost; 1 event."
    )


def test_a_month_without_anything_says_so(dataset: Dataset) -> None:
    empty = dataset.snapshot
    workspace_less = inputs.sentence(dataset, Lens(period=BillingPeriod(2025, 9)))
    assert "no budget for FY25" in workspace_less
    assert [one.text for one in inputs.events(empty)] == ["New ranking goes live"]
    assert len(inputs.budgets(empty)) == 1

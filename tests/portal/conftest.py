"""A workspace small enough to add up by hand, and the desk that it lies on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.portal import desk
from finops.portal.lens import Lens
from tests.pages import bills
from tests.pages.conftest import abroad
from tests.pages.conftest import tied
from tests.pages.conftest import untied
from tests.pages.conftest import visit

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset import Dataset

__all__ = ["abroad", "tied", "untied", "visit"]

OCTOBER = Lens(period=BillingPeriod(2026, 10))


@pytest.fixture(scope="session")
def three_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """September, October twice as dear, and twelve days of November."""
    return bills.three_months(tmp_path_factory.mktemp("three-months"))


@pytest.fixture
def at_the_desk(three_months: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal stands on that workspace."""
    monkeypatch.setenv("FINOPS_WORKSPACE", str(three_months))


@pytest.fixture
def dataset(at_the_desk: None) -> Dataset:
    """All charges of that workspace."""
    assert at_the_desk is None
    found = desk.dataset(OCTOBER)
    assert found is not None
    return found

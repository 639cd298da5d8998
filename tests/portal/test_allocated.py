"""What the pages ask of an allocation, of a real workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.portal import allocated
from finops.portal.lens import Basis
from finops.portal.lens import Lens
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER = BillingPeriod(2026, 10)


@pytest.fixture(scope="session")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months, with disks that nobody owns."""
    return bills.three_months(tmp_path_factory.mktemp("allocated"))


@pytest.mark.parametrize("basis", list(Basis))
def test_an_allocation_and_both_trees_are_the_same_number(
    months: Path, monkeypatch: pytest.MonkeyPatch, basis: Basis
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(months))
    lens = Lens(period=OCTOBER, basis=basis)
    found, both = allocated.allocation(lens), allocated.trees(lens)
    assert both.agree
    assert found.total == both.charges
    assert allocated.version(lens) == 0


def test_it_is_worked_out_once(months: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the same whatever the scope narrows to."""
    monkeypatch.setenv("FINOPS_WORKSPACE", str(months))
    narrow = Lens(period=OCTOBER, filters=(("x_Team", frozenset({"ml"})),))
    assert allocated.allocation(narrow) is allocated.allocation(Lens(period=OCTOBER))


def test_the_unowned_share_is_told_of_every_month_there_is(
    months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(months))
    found = dict(allocated.unowned(Lens(period=OCTOBER)))
    assert list(found) == ["Sep 2026", "Oct 2026"]
    assert allocated.ready(Lens(period=OCTOBER)).keys[0].missing.count == 31

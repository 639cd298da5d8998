"""A meeting full of visitors: one small one, for some seconds."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from finops.bench.load import load
from finops.errors import UsageError
from finops.operations import preparing
from finops.operations.review import begin_series
from finops.operations.review import Series
from tests.operations.room import by
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path


def test_where_no_meeting_is_planned_nobody_visits(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no meeting"):
        load(bills.nothing(tmp_path), seconds=1, sessions=1, say=print)


@pytest.mark.thorough
def test_two_visit_a_portal_for_some_seconds_without_a_fault(tmp_path: Path) -> None:
    """The promise itself takes ten minutes: `finops bench --load 600`."""
    workspace = open_workspace(shutil.copytree(bills.three_months(tmp_path), tmp_path / "own"))
    begin_series(workspace.store, **by(), entry=Series(name="Review", band_amount=Decimal(1)))
    preparing.plan(workspace, day=date(2026, 11, 24), today=bills.TODAY, call=by())
    workspace.close()
    said: list[str] = []
    found = load(tmp_path / "own", seconds=4, sessions=2, say=said.append)
    assert found[-1].ours == 0, said
    assert found[0].ours > 0

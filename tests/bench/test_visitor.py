"""A visitor without a browser opens pages and writes as a browser would."""

from __future__ import annotations

import shutil
import sys
import time
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from finops.bench.serving import served
from finops.bench.visitor import visitor
from finops.operations import preparing
from finops.operations.actions import Action
from finops.operations.entries import log_of
from finops.operations.review import begin_series
from finops.operations.review import Series
from tests.operations.room import by
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.thorough
def test_what_it_types_and_presses_is_on_the_record(tmp_path: Path) -> None:
    folder = shutil.copytree(bills.three_months(tmp_path), tmp_path / "own")
    workspace = open_workspace(folder)
    begin_series(workspace.store, **by(), entry=Series(name="Review", band_amount=Decimal(1)))
    preparing.plan(workspace, day=date(2026, 11, 24), today=bills.TODAY, call=by())
    workspace.close()
    words = [sys.executable, "-m", "finops", "--workspace", str(folder), "serve", "--port"]
    with served(words) as (url, started, process):
        assert started > 0
        assert process > 0
        tab = visitor(url)
        with tab.wire:
            assert tab.open("review", "phase=Hold") > 0
            tab.stay(time.monotonic() + 3)
            tab.type("What is to be done?", "Look again")
            tab.type("Who does it?", "Ada")
            assert tab.press("Agree on it", "is on the record") > 0
            assert tab.open("finance") > 0
            assert tab.faults == []
    workspace = open_workspace(folder)
    assert [one.title for one in log_of(workspace).of(Action)] == ["Look again"]
    workspace.close()

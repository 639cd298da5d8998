from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finops.access import clock
from finops.cli.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_session_acts_for_the_person_that_was_named(workspace: Path) -> None:
    assert Session(workspace=workspace, person="ana").actor.name == "ana"
    assert Session(workspace=workspace).actor.name == "local"


def test_today_is_the_day_that_the_workspace_says(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_TODAY", "2026-05-01")
    assert Session(workspace=workspace).today == date(2026, 5, 1)


def test_today_is_the_day_that_it_is_when_the_workspace_says_none(workspace: Path) -> None:
    before = clock.now().date()
    assert before <= Session(workspace=workspace).today <= clock.now().date()


def test_a_session_reads_its_settings_once(workspace: Path) -> None:
    session = Session(workspace=workspace)
    assert session.settings is session.settings
    assert session.settings.workspace == workspace

"""Engineering's page: what the own team should fix, with which command, and what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finops.access.workspace import open_workspace
from finops.workloads.progress import progress_of
from tests.pages import works_month
from tests.workloads.conftest import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

PAGE = "persona/engineering.py"
WHO_WE_ARE = {
    "name": "Acme",
    "teams": [{"id": "search", "name": "Search"}, {"id": "ml", "name": "Learning"}],
    "environments": ["prod", "staging"],
    "dimensions": {"x_Team": {"tags": ["team"]}, "x_Environment": {"tags": ["environment"]}},
    "people": [{"id": "bob", "name": "Bob", "team": "search"}],
}


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """The dollars of April, all of search, and who works where."""
    return works_month.april(tmp_path, WHO_WE_ARE)


def test_the_first_line_is_of_the_own_team(
    visit: Visit, april: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_AS", "bob")
    at = visit(april, PAGE)
    assert _first(at).startswith("## **Search can take 144.60\xa0USD off 30 days with 3 things**")
    assert r"i\-0ab12345 (135.00" in _first(at)


def test_a_team_that_has_nothing_to_fix_is_told_so_and_may_look_at_all(
    visit: Visit, april: Path
) -> None:
    at = visit(april, PAGE)
    assert "Every team together can take 144.60" in _first(at)
    at.selectbox(key="own-team").set_value("search").run()
    assert _first(at).startswith("## **Search can take")


def test_from_the_page_to_the_command_and_the_assigned_finding(
    visit: Visit, april: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_AS", "bob")
    at = visit(april, PAGE)
    assert any("stop-instances" in one.value and "--dry-run" in one.value for one in at.code)
    next(one for one in at.text_input if str(one.key).endswith("-owner")).set_value("bob")
    next(one for one in at.button if str(one.key).endswith("-send")).click().run()
    assert any("assigned, on the record" in one.value.replace("\\", "") for one in at.success)
    workspace = open_workspace(april)
    (kept,) = progress_of(workspace, today=DAY).values()
    workspace.close()
    assert (kept.state, kept.owner, kept.actor) == ("assigned", "bob", "bob")


def test_what_changed_goes_down_to_the_resource_and_every_table_has_units(
    visit: Visit, april: Path
) -> None:
    at = visit(april, PAGE)
    tables = [set(one.value) for one in at.dataframe]
    assert any(
        "Resource" in columns and any("(USD)" in str(one) for one in columns) for columns in tables
    )


def _first(at: AppTest) -> str:
    return str(at.markdown[0].value)

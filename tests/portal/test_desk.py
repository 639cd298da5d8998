"""What lies before the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from finops.access import users
from finops.access.roles import Role
from finops.access.workspace import open_workspace
from finops.errors import ConfigError
from finops.portal import desk
from tests.pages import bills
from tests.portal.conftest import OCTOBER

if TYPE_CHECKING:
    from pathlib import Path

    from finops.dataset import Dataset


def test_an_answer_is_worked_out_once_and_kept_by_scope(dataset: Dataset) -> None:
    query = OCTOBER.query(OCTOBER.period.start, OCTOBER.period.end)
    ml = desk.dataset(replace(OCTOBER, filters=(("x_Team", frozenset({"ml"})),)))
    assert ml
    first = desk.ask(dataset, query)
    assert desk.ask(dataset, query) is first
    assert desk.ask(ml, query).total != first.total


def test_the_values_of_a_dimension_are_in_order(dataset: Dataset) -> None:
    assert dataset.snapshot.number == 3
    assert desk.values("x_Team") == ("UNALLOCATED", "ml", "search")


@pytest.mark.usefixtures("at_the_desk")
def test_the_day_is_the_workspaces_own() -> None:
    assert desk.today() == bills.TODAY


def test_a_portal_without_a_workspace_says_how_to_start_it() -> None:
    with pytest.raises(ConfigError, match="No workspace") as error:
        desk.workspace()
    assert "finops serve" in error.value.sentence


def test_an_empty_workspace_has_no_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.nothing(tmp_path)))
    assert desk.snapshot() is None
    assert desk.dataset(None) is None
    assert desk.imports() == ()


def test_records_are_read_once_until_anybody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.nothing(tmp_path)))
    assert desk.people().actor("ada") is None
    assert desk.people() is desk.people()
    added = users.Change(roles=(Role.VIEWER,))
    other = open_workspace(desk.workspace().root)
    users.set_user(other.store, **desk.call(None), name="ada", change=added)
    other.close()
    ada = desk.people().actor("ada")
    assert ada
    assert ada.roles == {Role.VIEWER}


@pytest.mark.usefixtures("at_the_desk")
def test_the_reader_is_whom_the_command_line_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINOPS_AS", "ada")
    assert desk.actor().name == "ada"

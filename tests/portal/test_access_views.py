"""Who may come in, as an admin and as an auditor see it on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from finops.access.roles import Role
from finops.access.workspace import open_workspace
from finops.portal import access_views
from tests.operations.owned import organize
from tests.pages import bills
from tests.pages.conftest import MENU
from tests.pages.visiting import go
from tests.portal import signing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AUDIT = "operate/audit.py"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A portal on which Ada manages access, and Vera looks after the log."""
    workspace = bills.nothing(tmp_path)
    signing.known(workspace, "Ada", Role.ADMIN)
    signing.known(workspace, "Vera", Role.AUDITOR)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(workspace))
    with signing.told(signing.written(tmp_path)):
        yield workspace


def opened(name: str) -> AppTest:
    """The page as somebody opens it who is signed in."""
    portal = AppTest.from_file(MENU, default_timeout=60)
    portal.user = signing.claims(name)
    at = go(portal, AUDIT)
    assert not at.exception
    assert not at.error
    return at


def table(at: AppTest, column: str) -> list[str]:
    """A column of the table that has it."""
    every = [one.value for one in (*at.table, *at.dataframe)]
    return next((list(one[column]) for one in every if column in one), [])


@pytest.mark.usefixtures("house")
def test_an_auditor_sees_who_may_come_in_and_who_is_in_and_changes_nothing() -> None:
    at = opened("Vera")
    assert table(at, "Person") == ["Ada", "Vera"]
    assert table(at, "Roles") == ["admin", "auditor"]
    assert table(at, "Who") == ["Vera"]
    assert "Person" not in [one.label for one in at.selectbox]
    assert not [one for one in at.button if "out everywhere" in one.label]


@pytest.mark.usefixtures("house")
def test_an_admin_ends_a_session_and_that_person_is_at_the_door() -> None:
    at, vera = opened("Ada"), opened("Vera")
    at.run()
    assert table(at, "Who") == ["Vera", "Ada"]
    next(one for one in at.button if one.label == "Sign Vera out everywhere").click().run()
    assert ["signed out" in one.value for one in at.success] == [True]
    assert table(at, "Who") == ["Ada"]
    vera.run()
    assert [one.value for one in vera.title] == ["Sign in to Tieout"]


@pytest.mark.usefixtures("house")
def test_an_admin_adds_a_person_who_may_come_in_at_once() -> None:
    at = opened("Ada")
    field = {one.label: one for one in at.text_input}
    field["Name"].set_value("Ruth")
    field["Address"].set_value("ruth@example.com")
    next(one for one in at.multiselect if one.label == "Roles").set_value([Role.AUDITOR])
    next(one for one in at.button if one.label == "Save the person").click().run()
    assert ["Ruth" in one.value for one in at.success] == [True]
    assert table(at, "Person") == ["Ada", "Ruth", "Vera"]
    assert table(opened("Ruth"), "Person") == ["Ada", "Ruth", "Vera"]


def test_an_admin_keeps_a_scope_from_everybody_but_its_holders_and_opens_it_again(
    house: Path,
) -> None:
    workspace = open_workspace(house)
    organize(workspace)
    workspace.close()
    at = opened("Ada")
    for who, told in (("Its holders alone", "Team=search"), ("Everybody", "none")):
        next(one for one in at.selectbox if one.label == "Scope").set_value("x_Team=search")
        next(one for one in at.radio if one.label == "Who sees it").set_value(who)
        next(one for one in at.button if one.label == "Save the scope").click().run()
        assert [one.value for one in at.error] == []
        assert any("is seen by" in one.value for one in at.success)
        kept = next(one.value for one in at.caption if "Restricted scopes" in one.value)
        assert kept.replace("\\", "").endswith(f"{told}.")
    next(one for one in at.button if one.label == "Save the scope").click().run()
    assert ["is no scope" in one.value for one in at.error] == [True]


def test_on_a_laptop_it_says_that_nobody_signs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.nothing(tmp_path)))
    at = go(AppTest.from_file(MENU, default_timeout=60), AUDIT)
    assert access_views.LOCAL in [one.value for one in at.markdown]

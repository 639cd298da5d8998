"""The close as finance and a second person walk it: from the checklist to the sealed month."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.access.workspace import open_workspace
from finops.access.workspace import STARTER
from finops.core.organization import Organization
from finops.ingestion.organization import publish_organization
from tests.pages.conftest import MENU
from tests.pages.test_reconciliation import frame
from tests.pages.test_reconciliation import PAGE
from tests.pages.test_reconciliation import said
from tests.pages.visiting import go
from tests.portal import signing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit


_STEPS = ("Approve and seal", "Take it back")


@pytest.fixture
def october(tied: Path, tmp_path: Path) -> Path:
    """A month of one's own that can be closed, and two people of whom one may agree."""
    root = shutil.copytree(tied, tmp_path / "workspace")
    people = [{"id": name.lower(), "name": name} for name in ("Ann", "Bob")]
    organization = Organization.from_mapping(STARTER.to_mapping() | {"people": people})
    workspace = open_workspace(root)
    publish_organization(
        workspace.store,
        actor=local_actor(),
        at=clock.now(),
        origin="test",
        root=root,
        organization=organization,
    )
    workspace.close()
    return root


def press(at: AppTest, label: str) -> AppTest:
    """Press a button by its words."""
    (button,) = [one for one in at.button if one.label == label]
    return button.click().run()


def test_a_month_is_closed_by_two_and_opened_again_by_two(visit: Visit, october: Path) -> None:
    at = visit(october, PAGE)
    assert "**October 2026 is reconciled: nothing blocks the close.**" in said(at)
    assert frame(at, "Check")["State"] == ["✓ Done"] * 5

    press(at, "Ask to close the month")
    assert "October 2026: provisional, closing" in said(at)
    assert "local asked for it. A second person must approve." in said(at)

    press(at, "Approve and seal")
    assert "a second person must agree" in at.error[0].value
    (who,) = [one for one in at.selectbox if one.label == "Who agrees, besides local"]
    who.set_value("Bob")
    press(at, "Approve and seal")
    assert [one.value for one in at.error] == []
    assert "**October 2026 is closed**, certificate `" in said(at)
    assert "October 2026: closed · certificate " in said(at)
    assert "State: closed." in at.markdown[0].value

    (reason,) = [one for one in at.text_input if one.label == "Reason"]
    reason.input("an invoice was wrong")
    press(at, "Ask to open it again")
    assert "local asks to open it again: an invoice was wrong." in said(at)
    press(at, "Take it back")
    assert "October 2026: closed · certificate " in said(at)
    assert not at.exception


def test_what_blocks_the_close_is_listed_with_where_to_mend_it(visit: Visit, untied: Path) -> None:
    at = visit(untied, PAGE)
    assert "**October 2026 is provisional: 1 of 5 checks blocks it.**" in said(at)
    assert frame(at, "Check")["Missing"] == [1, 0, 0, 0, 0]
    assert "USD is unexplained" in said(at)
    assert not [one for one in at.button if one.label == "Ask to close the month"]


def test_where_people_sign_in_nobody_agrees_in_the_name_of_somebody_else(
    october: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, role in (("Ann", Role.FINANCE), ("Bob", Role.FINANCE), ("Vera", Role.AUDITOR)):
        signing.known(october, name, role)
    monkeypatch.setenv("FINOPS_WORKSPACE", str(october))

    def opened(name: str) -> AppTest:
        portal = AppTest.from_file(MENU, default_timeout=60)
        portal.user = signing.claims(name)
        return go(portal, PAGE)

    with signing.told(signing.written(tmp_path)):
        ann = press(opened("Ann"), "Ask to close the month")
        assert "Ann asked for it. A second person must approve." in said(ann)
        assert not [one for one in ann.selectbox if one.label.startswith("Who agrees")]
        press(ann, "Approve and seal")
        assert "a second person must agree" in ann.error[0].value
        closed = [one for one in opened("Vera").button if one.label in _STEPS]
        assert [one.disabled for one in closed] == [True, True]
        assert "**October 2026 is closed**" in said(press(opened("Bob"), "Approve and seal"))

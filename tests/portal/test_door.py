"""The door: a laptop says whose it is, and elsewhere nobody comes in without a sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from finops.access.roles import Role
from tests.pages import bills
from tests.pages.conftest import MENU
from tests.pages.visiting import go
from tests.portal import signing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGES = [
    str(path.relative_to(MENU.parent))
    for path in sorted(MENU.parent.glob("*/*.py"))
    if path.stem != "__init__"
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of bills, and people who may sign in to look at them."""
    folder = tmp_path_factory.mktemp("house")
    workspace = bills.three_months(folder)
    signing.known(workspace, "Vera", Role.VIEWER)
    return workspace


@pytest.fixture
def here(house: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The portal stands there, and is told how people sign in."""
    monkeypatch.setenv("FINOPS_WORKSPACE", str(house))
    with signing.told(signing.written(house.parent)):
        yield house


def opened(user: dict[str, object], page: str = "together/overview.py") -> AppTest:
    """A page as a browser with that cookie opens it."""
    portal = AppTest.from_file(MENU, default_timeout=60)
    portal.user = user
    return go(portal, page)


def words(at: AppTest) -> list[str]:
    """The labels of all that can be clicked."""
    return [one.label for one in at.button]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_tells_anything_to_whoever_is_not_signed_in(page: str) -> None:
    at = opened({"is_logged_in": False}, page)
    assert [one.value for one in at.title] == ["Sign in to Tieout"]
    assert words(at) == ["Sign in"]
    shown = (at.subheader, at.error, at.selectbox, at.warning, at.metric, at.caption)
    assert [len(each) for each in shown] == [0, 0, 0, 0, 0, 1]


@pytest.mark.usefixtures("here")
def test_who_is_signed_in_sees_the_page_and_the_way_out() -> None:
    at = opened(signing.claims("Vera"))
    assert [one.value for one in at.title] == ["Overview"]
    assert "Signed in as **Vera**" in at.sidebar.caption[0].value
    assert "Look as" not in [one.label for one in at.selectbox]
    out = next(one for one in at.button if one.label == "Sign out")
    out.click().run()
    assert not at.user.get("is_logged_in")
    assert [one.value for one in at.title] == ["Sign in to Tieout"]


@pytest.mark.usefixtures("here")
def test_who_is_not_ours_is_told_so() -> None:
    at = opened(signing.claims("Eve"))
    assert "is not known here" in at.warning[0].value
    at = opened(signing.claims("Vera", email_verified=False))
    assert "does not vouch for vera" in at.warning[0].value


def test_what_is_taken_away_is_gone_at_the_next_rerun(here: Path) -> None:
    signing.known(here, "Ruth", Role.FINANCE)
    said = signing.claims("Ruth")
    at = opened(said, "operate/audit.py")
    assert [one.value for one in at.title] == ["Access & audit"]
    signing.known(here, "Ruth", Role.VIEWER)
    at.run()
    assert "Access & audit" not in [one.value for one in at.title]
    signing.known(here, "Ruth", active=False)
    at.run()
    assert [one.value for one in at.title] == ["Sign in to Tieout"]


def test_a_laptop_says_whose_it_is_and_as_whom_one_looks(
    visit: Visit, three_months: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_AS", "ada")
    at = visit(three_months, "together/overview.py")
    choice = next(one for one in at.selectbox if one.label == "Look as")
    assert choice.value == "ada"
    assert any("Local mode" in one.value for one in at.sidebar.markdown)
    choice.select("Viewer").run()
    assert any("Local mode, as Viewer" in one.value for one in at.sidebar.markdown)
    assert not at.exception
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        at.switch_page("operate/audit.py")

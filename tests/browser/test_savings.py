"""Finance signs a claim in a browser, sees what it is credited, and says what becomes of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.access.workspace import open_workspace
from finops.savings.credit import credits_of
from finops.savings.fates import fates_of
from finops.savings.saving import Kind
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.savings import room
from tests.savings.conftest import billed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Open

__all__ = ["billed"]

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


@pytest.fixture
def shop(billed: Path, tmp_path: Path) -> Path:
    """The bill, with a claim of an engineer that waits to be signed."""
    folder = tmp_path / "shop"
    shutil.copytree(billed, folder)
    workspace = open_workspace(folder)
    room.done(workspace, room.agreed(workspace, "ResourceId=gone", Kind.ELIMINATE))
    workspace.close()
    return folder


def signed(page: Page) -> None:
    """The month that waits is told before it is signed; then it is credited."""
    expect(page.get_by_text("1 saving waits for a signature").first).to_be_visible()
    view = page.locator(".st-key-view-things")
    expect(view.get_by_text("October 2026 waits: adjusted baseline 310.00")).to_be_visible()
    drawn(page)
    view.get_by_role("button", name="Verify it, and credit it").click()
    expect(view.get_by_text("saved, 310.00 USD credited")).to_be_visible()
    expect(page.get_by_text("310.00 USD is verified").first).to_be_visible()
    drawn(page)


def decided(page: Page) -> None:
    """What becomes of the money is asked for at once, and no more when it is said."""
    view = page.locator(".st-key-view-things")
    expect(view.get_by_text("What becomes of 310.00 USD")).to_be_visible()
    view.get_by_role("combobox", name="It is").click()
    page.get_by_role("option", name="reinvested").click()
    drawn(page)
    thing = view.get_by_label("The thing, or the budget's scope")
    thing.fill("the index")
    thing.blur()
    drawn(page)
    view.get_by_role("button", name="Keep its fate").click()
    expect(view.get_by_text("310.00 USD reinvested")).to_be_visible()
    expect(view.get_by_text("What becomes of")).to_have_count(0)


def test_finance_signs_a_claim_and_says_what_becomes_of_it(shop: Path, open_page: Open) -> None:
    with served(shop, "ines", today=str(room.TODAY)) as address:
        page = open_page(f"{address}/savings")
        expect(page.get_by_text("Somebody else signs it: ines claims")).to_be_visible()
        expect(page.get_by_role("button", name="Verify it, and credit it")).to_have_count(0)
        page.context.close()
    with served(shop, "fay", today=str(room.TODAY)) as address:
        page = open_page(f"{address}/savings")
        signed(page)
        decided(page)
        page.context.close()
    workspace = open_workspace(shop)
    assert sum(one.net for one in credits_of(workspace) if one.account == "team") == 310
    (fate,) = fates_of(workspace)
    workspace.close()
    assert (fate.what.value, fate.name) == ("reinvested", "the index")

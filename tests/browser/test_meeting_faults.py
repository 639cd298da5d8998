"""What happens to words in a meeting when hands are quick, tabs close and servers stop."""

from __future__ import annotations

import shutil
import socket
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.access.workspace import open_workspace
from finops.operations import preparing
from finops.operations.actions import Action
from finops.operations.entries import log_of
from finops.operations.review import begin_series
from finops.operations.review import Series
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.operations.room import by
from tests.pages.bills import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

TIMES = 2
AGREE = "Agree on it"
BACK = "What you had begun to write is back."


@pytest.fixture
def room(three_months: Path, tmp_path: Path) -> Path:
    """The three months with a review of October that is prepared."""
    workspace = open_workspace(shutil.copytree(three_months, tmp_path / "room"))
    begin_series(workspace.store, **by(), entry=Series(name="Review", band_amount=Decimal(1)))
    preparing.plan(workspace, day=date(2026, 11, 24), today=TODAY, call=by())
    workspace.close()
    return tmp_path / "room"


def field(page: Page, label: str) -> Locator:
    """A field of the actions' form; of a form that gives way to another, the newer."""
    return page.locator(".st-key-view-agreeing").get_by_label(label, exact=True).first


def write(page: Page, title: str) -> Locator:
    """Type an action, and have the button that sends it."""
    for label, text in (("What is to be done?", title), ("Who does it?", "Ada")):
        field(page, label).fill(text)
        field(page, label).blur()
        drawn(page)
        expect(field(page, label)).to_have_value(text)
    return page.get_by_role("button", name=AGREE)


def agreed(room: Path) -> list[str]:
    """The titles of the actions on the record."""
    workspace = open_workspace(room)
    found = [one.title for one in log_of(workspace).of(Action)]
    workspace.close()
    return found


def test_quick_hands_write_once(room: Path, open_page: Open) -> None:
    """Two clicks, and Enter with a click, on each of several actions."""
    titles = []
    with served(room) as address:
        page = open_page(f"{address}/review?phase=Hold")
        for place in range(TIMES):
            send = write(page, f"Twice {place}")
            send.dblclick()
            expect(field(page, "What is to be done?")).to_have_value("")
            drawn(page)
            send = write(page, f"Enter {place}")
            send.focus()
            page.keyboard.press("Enter")
            send.click(no_wait_after=True)
            expect(field(page, "What is to be done?")).to_have_value("")
            drawn(page)
            titles += [f"Twice {place}", f"Enter {place}"]
        page.context.close()
    assert agreed(room) == titles


def test_a_tab_that_is_closed_while_it_saves_leaves_one_effect_or_the_draft(
    room: Path, open_page: Open
) -> None:
    with served(room) as address:
        for place in range(TIMES):
            title = f"Close {place}"
            page = open_page(f"{address}/review?phase=Hold")
            write(page, title).click(no_wait_after=True)
            page.context.close()
            page = open_page(f"{address}/review?phase=Hold")
            there = agreed(room).count(title)
            if not there:
                expect(field(page, "What is to be done?")).to_have_value(title)
                page.get_by_role("button", name=AGREE).click()
                expect(page.get_by_text("is on the record")).to_be_visible()
            expect(field(page, "What is to be done?")).to_have_value("")
            assert agreed(room).count(title) == 1
            page.context.close()


def test_a_server_that_starts_again_offers_what_was_being_typed(
    room: Path, open_page: Open
) -> None:
    """In the very page that was open, without a reload; what is then sent is written once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with served(room, port=port) as address:
        page = open_page(f"{address}/review?phase=Hold")
        write(page, "Begun before the server stopped")
    with served(room, port=port):
        expect(page.get_by_text(BACK)).to_be_visible(timeout=60_000)
        expect(field(page, "What is to be done?")).to_have_value("Begun before the server stopped")
        expect(field(page, "Who does it?")).to_have_value("Ada")
        drawn(page)
        page.get_by_role("button", name=AGREE).click()
        expect(page.get_by_text("is on the record")).to_be_visible()
        page.context.close()
    assert agreed(room) == ["Begun before the server stopped"]

"""A number from elsewhere, explained in a real browser; and the month as it was believed before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def test_a_number_is_typed_and_its_difference_stands_there(portal: str, open_page: Open) -> None:
    page = open_page(portal)
    box = page.get_by_role("textbox", name="Your number")
    box.fill("623.10")
    box.press("Enter")
    view = page.locator(".st-key-view-different")
    expect(view.get_by_text("only team search").first).to_be_visible(timeout=90000)
    expect(view.locator(".js-plotly-plot")).to_be_visible(timeout=90000)
    box.fill("1,5")
    box.press("Enter")
    expect(view.get_by_text("can be read in one way")).to_be_visible()


def test_looking_back_is_one_choice_and_loud(portal: str, open_page: Open) -> None:
    page = open_page(portal)
    page.get_by_role("button", name="As of: now").click()
    box = page.get_by_role("textbox", name="As of")
    box.fill("2")
    box.press("Enter")
    expect(page.get_by_text("what was believed then, not now")).to_be_visible()
    expect(page).to_have_url(re.compile("as-of=2"))

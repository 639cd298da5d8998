"""The levers in a real browser: each moves what it should and no more, and a link is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import levers
from tests.browser.conftest import drawn
from tests.browser.conftest import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

EVEN, RANGE, BUDGET = "Break-even (orders)", "Range of the month", "Budget is gone"
ALWAYS = {"Cost of one", "Cost of the month", "Margin"}
MOVES = {
    "Demand": ALWAYS,
    "Efficiency": ALWAYS | {EVEN},
    "Rightsizing": ALWAYS | {EVEN},
    "Shared cost": ALWAYS | {EVEN},
    "Commitments": ALWAYS | {EVEN},
    "Price": ALWAYS | {EVEN},
}
"""Which of the live figures each lever moves; volume alone leaves the break-even where it is."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the shop in which every lever has something to work on."""
    with served(levers.rich(tmp_path_factory.mktemp("levers"))) as address:
        yield f"{address}/product"


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def figures(page: Page) -> dict[str, str]:
    """Each figure as it is written, without how far it moved."""
    last = page.get_by_test_id("stMetric").filter(has_text=BUDGET)
    expect(last).to_be_visible(timeout=60_000)
    drawn(page)
    cards = page.get_by_test_id("stMetric").all()
    return {
        card.get_by_test_id("stMetricLabel").inner_text().strip(): card.get_by_test_id(
            "stMetricValue"
        ).inner_text()
        for card in cards
    }


def move(page: Page, name: str) -> None:
    """Push a slider to its upper end at once, and wait until the page has answered."""
    before = month(page).inner_text()
    slider(page, name).press("End")
    expect(month(page)).not_to_have_text(before)
    drawn(page)


def month(page: Page) -> Locator:
    card = page.get_by_test_id("stMetric").filter(has_text="Cost of the month")
    return card.get_by_test_id("stMetricValue")


@pytest.mark.parametrize("name", MOVES)
def test_a_slider_moves_the_figures_it_should_and_only_those(
    name: str, shop: str, open_page: Open
) -> None:
    page = open_page(shop)
    before = figures(page)
    assert {EVEN, RANGE, BUDGET} | ALWAYS <= before.keys()
    move(page, name)
    now = figures(page)
    moved = {label for label, value in now.items() if value != before[label]}
    assert moved - {RANGE} == MOVES[name]
    for other in MOVES.keys() - {name}:
        expect(slider(page, other)).to_have_value("18" if other == "Commitments" else "0")


def test_the_same_link_shows_another_browser_the_same_scenario(shop: str, open_page: Open) -> None:
    page = open_page(shop)
    move(page, "Demand")
    move(page, "Price")
    other = open_page(page.url)
    expect(slider(other, "Demand")).to_have_value("20")
    expect(slider(other, "Price")).to_have_value("20")
    assert figures(other) == figures(page)


def test_undo_and_reset_bring_back_what_was(shop: str, open_page: Open) -> None:
    page = open_page(shop)
    first = figures(page)
    move(page, "Demand")
    then = figures(page)
    move(page, "Price")
    page.get_by_role("button", name="Undo").click()
    expect(month(page)).to_have_text(then["Cost of the month"])
    expect(slider(page, "Price")).to_have_value("0")
    expect(slider(page, "Demand")).to_have_value("20")
    drawn(page)
    assert figures(page) == then
    page.get_by_role("button", name="Reset").click()
    expect(month(page)).to_have_text(first["Cost of the month"])
    drawn(page)
    assert figures(page) == first


def test_a_stale_scenario_says_so(shop: str, open_page: Open) -> None:
    page = open_page(shop)
    expect(page.get_by_text("Spring plan is stale")).to_be_visible()
    expect(page.get_by_text("it is of September 2026, and October 2026 is in")).to_be_visible()

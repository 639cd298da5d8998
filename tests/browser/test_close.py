"""Finance closes a month in a real browser: from what blocks it to a certificate that holds.

And later, when the provider says otherwise: what changed, on one screen.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.invoicing.proof import prove
from tests.browser.conftest import choose
from tests.browser.conftest import drawn
from tests.browser.conftest import served
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

MOST_CLICKS = 12


class Hand:
    """What a person does on the page, with a count of the clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0
        self.close = page.locator(".st-key-view-close")

    def click(self, what: Locator) -> None:
        """Click, and wait until the page is still."""
        self.clicks += 1
        what.click()
        drawn(self.page)

    def press(self, label: str) -> None:
        """Press a button of the close."""
        self.click(self.close.get_by_role("button", name=label))

    def explain(self) -> None:
        """Name what the invoice asks too much."""
        self.click(self.page.get_by_text("Explain the difference"))
        evidence = self.page.get_by_label("Evidence")
        choose(self.page, "Reason", "support")
        evidence.fill("the support contract")
        evidence.blur()
        drawn(self.page)
        self.click(self.page.get_by_role("button", name="Explain", exact=True))
        expect(self.close.get_by_text("nothing blocks the close")).to_be_visible(timeout=60_000)

    def agree(self, name: str) -> None:
        """Approve in the name of a second person."""
        self.clicks += 1
        choose(self.page, "Who agrees", name)
        self.press("Approve and seal")
        done = self.close.get_by_text("October 2026 is closed", exact=True)
        expect(done).to_be_visible(timeout=60_000)


def restate(page: Page, folder: Path) -> None:
    """Bring October's bill again, in which one day of the first service is 5 dearer."""
    rows = bills.charges("2026-10", factor=2)
    dearer = f"{Decimal(rows[0]['BilledCost']) + 5:f}"
    rows[0] |= {"BilledCost": dearer, "EffectiveCost": dearer}
    bill = bills.write(folder / "october-again.csv", rows)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(bill)
    page.get_by_test_id("stBaseButton-primary").click()
    expect(page.get_by_text("2 adjustments")).to_be_visible()
    page.context.close()


def read_what_was_restated(page: Page) -> None:
    """The first line says it, and one screen how much, why, where it is booked and of which day."""
    first = "Restated since it was closed: +5.00\u00a0USD, booked in November 2026."
    expect(page.get_by_text(first)).to_be_visible()
    expect(page.get_by_text("restated since +5.00\u00a0USD")).to_be_visible()
    view = page.locator(".st-key-view-late")
    expect(view.get_by_text("+5.00\u00a0USD since")).to_be_visible()
    expect(view.get_by_text("Booked in November 2026: restated up")).to_be_visible()
    expect(view.get_by_role("region", name="The charges that changed most")).to_be_visible()
    box, screen = view.bounding_box(), page.viewport_size
    assert box
    assert screen
    assert box["height"] <= screen["height"]
    page.context.close()


def test_from_what_blocks_the_close_to_a_certified_month_in_few_clicks(
    untied: Path, open_page: Open, tmp_path: Path
) -> None:
    with served(untied) as address:
        hand = Hand(open_page(f"{address}/reconciliation"))
        expect(hand.close.get_by_text("1 of 5 checks blocks it")).to_be_visible()
        hand.explain()
        hand.press("Ask to close the month")
        hand.agree("Grace")
        expect(hand.page.get_by_text("October 2026: closed · certificate")).to_be_visible()
        link = hand.close.get_by_role("link", name="Download the certificate")
        answer = hand.page.request.get(address + str(link.get_attribute("href")))
        (tmp_path / "c.zip").write_bytes(answer.body())
        hand.page.context.close()
        restate(open_page(f"{address}/data"), tmp_path)
        read_what_was_restated(open_page(f"{address}/reconciliation?period=2026-10"))
    proof = prove(tmp_path / "c.zip")
    assert (proof.differs, proof.month) == ((), "2026-10")
    assert hand.clicks + 1 <= MOST_CLICKS

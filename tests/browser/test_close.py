"""Finance closes a month in a real browser: from what blocks it to a certificate that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from finops.invoicing.proof import prove
from tests.browser.conftest import choose
from tests.browser.conftest import drawn
from tests.browser.conftest import served

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


def test_from_what_blocks_the_close_to_a_certified_month_in_few_clicks(
    untied: Path, open_page: Open, tmp_path: Path
) -> None:
    with served(untied) as address:
        hand = Hand(open_page(f"{address}/reconciliation"))
        expect(hand.close.get_by_text("1 of 5 checks block it")).to_be_visible()
        hand.explain()
        hand.press("Ask to close the month")
        hand.agree("Grace")
        expect(hand.page.get_by_text("October 2026: closed · certificate")).to_be_visible()
        link = hand.close.get_by_role("link", name="Download the certificate")
        answer = hand.page.request.get(address + str(link.get_attribute("href")))
        (tmp_path / "c.zip").write_bytes(answer.body())
        hand.page.context.close()
    proof = prove(tmp_path / "c.zip")
    assert (proof.differs, proof.month) == ((), "2026-10")
    assert hand.clicks + 1 <= MOST_CLICKS

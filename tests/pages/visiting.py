"""Opening a page as a link does: at once, and not by way of the page that comes first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

FIRST = "together/overview.py"
"""The page that an address without a name leads to."""


def go(portal: AppTest, page: str) -> AppTest:
    """Open a page in a portal that nobody has looked at yet."""
    if page == FIRST:
        return portal.run()
    if "_" in Path(page).stem:
        # Its address is not its file's name, which the portal must have been run to know.
        portal.run()
    return portal.switch_page(page).run()

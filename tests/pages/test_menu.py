"""The menu: every page is in it, in the order a meeting walks them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pages.conftest import Visit

PAGES = Path(__file__).parents[2] / "pages"


def test_the_front_door_opens_on_the_overview(visit: Visit, three_months: Path) -> None:
    assert visit(three_months, "together/overview.py").title[0].value == "Overview"


def test_every_page_is_on_the_menu() -> None:
    menu = (PAGES / "menu.py").read_text()
    for path in PAGES.glob("*/*.py"):
        if path.stem != "__init__":
            assert f"from pages.{path.parent.name} import {path.stem}" in menu

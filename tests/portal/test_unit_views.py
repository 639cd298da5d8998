"""Views of unit economics; what each draws is in tests/pages/test_unit_economics.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit


def test_without_units_the_page_says_so_once(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, "inform/unit_economics.py")
    said = [one.value for one in at.markdown]
    assert sum("There are no units of business yet" in one for one in said) == 1

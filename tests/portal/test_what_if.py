"""What if: without units it says which file unlocks it; with them see tests/pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit


def test_without_units_there_is_nothing_to_pull(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, "persona/product.py")
    assert not at.slider
    assert not at.exception

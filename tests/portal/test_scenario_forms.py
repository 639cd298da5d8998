"""Scenario forms: what they ask for; that they keep what the levers say is in tests/pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit


def test_without_units_there_is_no_scenario_to_keep(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, "persona/product.py")
    assert not any(one.label == "Save scenario" for one in at.button)
    assert not at.exception

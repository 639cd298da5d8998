"""The rules page, as the practitioner uses it: what is there, what is missing, and bringing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

RULES = "operate/rules.py"


def test_rates_are_told_by_pair_and_kind(visit: Visit, abroad: Path) -> None:
    at = visit(abroad, RULES)
    rates = next(one.value for one in at.dataframe if "Kind" in one.value)
    assert set(rates["From"]) == {"EUR"}
    assert set(rates["To"]) == {"USD"}

"""Assumed: bounds from the months before, and every assumption as a sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.unit_economics.assumed import gap

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared

D = Decimal


def test_levers_go_as_far_as_history_did_and_a_fifth_at_least(october: Prepared) -> None:
    assert october.bounds["demand"] == (D("-0.20"), D("0.20"))
    assert october.bounds["efficiency"] == (D(0), D("0.20"))
    assert october.bounds["coverage"] == (D(0), D("0.95"))


def test_every_assumption_is_a_sentence(october: Prepared) -> None:
    assert all(one.endswith(".") for one in october.assumptions)
    assert "of the cost follows volume" in october.assumptions[0]


def test_a_gap_is_counted_with_its_cost(october: Prepared) -> None:
    assert gap(october.now).startswith("0 days of the month lack units or charges")

"""Outcomes: a hit rate is told from ten decisions on."""

from __future__ import annotations

from decimal import Decimal

from finops.operations.outcomes import Outcome
from finops.operations.outcomes import Rate
from finops.operations.outcomes import tally


def test_a_rate_says_nothing_below_ten() -> None:
    assert Rate("search", 9, 9, Decimal(0)).share is None
    assert Rate("search", 10, 7, Decimal(0)).share == Decimal("0.7")


def test_only_what_happened_is_tallied() -> None:
    one = {"expected": -1, "effect": -1, "measured": {"month": "2026-05", "amount": 1,
           "currency": "USD", "snapshot": "s"}}  # fmt: skip
    found = [Outcome.model_validate({**one, "result": result}) for result in ("hit", "miss", "hit")]
    assert tally(found) == "2 hits, 1 miss"
    assert tally(()) == ""

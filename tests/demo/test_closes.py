"""The demo company's books are closed up to the month before the last, by two people."""

from __future__ import annotations

from finops.demo.closes import closed

MONTHS = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]


def test_three_months_before_the_last_are_closed() -> None:
    assert closed(MONTHS) == MONTHS[1:4]
    assert closed(MONTHS[:2]) == MONTHS[:1]
    assert closed(MONTHS[:1]) == closed([]) == []

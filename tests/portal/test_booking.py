"""The files that the journal is taken away in are of the month and of the day looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.portal import desk
from finops.portal.exports import address
from finops.portal.exports import JOURNAL

if TYPE_CHECKING:
    import pytest


def test_what_is_taken_away_is_of_the_day_that_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk, "as_of", lambda: None)
    assert address(JOURNAL, "2026-04", "csv") == "/export/journal/2026-04.csv"
    monkeypatch.setattr(desk, "as_of", lambda: "2026-06-05")
    found = address("/x", "2026-04", "csv", owner="x_Team=a&b")
    assert found == "/x/2026-04.csv?owner=x_Team%3Da%26b&as_of=2026-06-05"

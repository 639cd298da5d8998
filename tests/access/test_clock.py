"""The clock."""

from __future__ import annotations

from datetime import timedelta

from finops.access.clock import now


def test_the_moment_is_in_utc_and_does_not_stand_still() -> None:
    first, second = now(), now()
    assert first.utcoffset() == timedelta(0)
    assert second >= first

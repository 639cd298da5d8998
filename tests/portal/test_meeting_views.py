"""Meeting views: each phase shows what it is for; drawn through the menu in `tests/pages`."""

from __future__ import annotations

import pytest

from finops.core.period import BillingPeriod
from finops.portal import meeting
from finops.portal import meeting_views
from finops.portal.lens import Lens
from finops.portal.meeting import Phase

LENS = Lens(period=BillingPeriod(2026, 10))


@pytest.mark.parametrize(
    ("phase", "shown"),
    [
        (Phase.PREPARE, {"preparing", "looking"}),
        (Phase.HOLD, {"holding"}),
        (Phase.FOLLOW_UP, {"following", "looking"}),
    ],
)
def test_a_phase_shows_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch, phase: Phase, shown: set[str]
) -> None:
    monkeypatch.setattr(meeting, "phase", lambda: phase)
    names = ("preparing", "holding", "following", "looking")
    assert {name for name in names if getattr(meeting_views, name)(LENS)} == shown

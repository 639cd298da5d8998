"""Meeting views: each phase shows what it is for; drawn through the menu in `tests/pages`."""

from __future__ import annotations

import pytest

from finops.core.period import BillingPeriod
from finops.portal import desk
from finops.portal import meeting
from finops.portal import meeting_views
from finops.portal.lens import Lens
from finops.portal.meeting import Phase

NAMES = ("preparing", "holding", "following", "looking")
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
    monkeypatch.setattr(meeting, "held", object)
    monkeypatch.setattr(desk, "part_only", lambda: False)
    assert {name for name in NAMES if getattr(meeting_views, name)(LENS)} == shown
    monkeypatch.setattr(desk, "part_only", lambda: True)
    assert all(getattr(meeting_views, name)(LENS) for name in NAMES)


def test_before_the_first_review_nothing_stands_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting, "phase", lambda: Phase.PREPARE)
    monkeypatch.setattr(meeting, "held", lambda: None)
    monkeypatch.setattr(desk, "part_only", lambda: False)
    assert not any(getattr(meeting_views, name)(LENS) for name in NAMES)
    assert meeting_views.looking_back_at(LENS)

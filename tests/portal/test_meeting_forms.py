"""Forms of the review; they are tried through the menu in `tests/pages/test_review.py`."""

from __future__ import annotations

from finops.portal import meeting_forms


def test_without_a_conflict_nothing_is_shown() -> None:
    meeting_forms.both("nothing-here")

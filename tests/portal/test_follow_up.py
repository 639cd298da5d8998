"""Follow-up is tried through the menu in `tests/pages/test_review.py`; here what it offers."""

from __future__ import annotations

from finops.operations.minutes import Minutes
from finops.portal.follow_up import sealed

FINAL = Minutes(key="M1", markdown="# M", html="", sha256="ab" * 32, sequence=7, head="cd")


def test_final_minutes_name_their_hash_and_the_event_they_were_sealed_at() -> None:
    assert sealed(FINAL) == f"Final: SHA-256 `{'ab' * 32}`, sealed at event 7."
    assert sealed(FINAL.model_copy(update={"sha256": ""})) == ""

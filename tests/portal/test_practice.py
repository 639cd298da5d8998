"""The practitioner's first line says what still waits before the next review."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from finops.portal import practice

REVIEW = SimpleNamespace(day=date(2026, 11, 27))


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ((True, False, False), "the review on 27 Nov waits for 2 answers"),
        ((True,), "the review on 27 Nov is ready"),
    ],
)
def test_a_review_is_ready_once_every_request_is_answered(
    answered: tuple[bool, ...], said: str
) -> None:
    requests = tuple(SimpleNamespace(answered=one) for one in answered)
    held: Any = SimpleNamespace(final=False, meeting=REVIEW, requests=requests)
    assert practice.review(held) == said
    assert practice.review(None) == "no review is planned"
    held.final = True
    assert practice.review(held) == "its review was held"

"""Forms of the review; they are sent through the menu in `tests/pages/test_review.py`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.operations.actions import Action
from finops.operations.commentary import Commentary
from finops.portal import meeting_forms

if TYPE_CHECKING:
    from finops.portal.writing import Form

FORMS = (
    meeting_forms.ANSWER,
    meeting_forms.DECIDE,
    meeting_forms.ACT,
    meeting_forms.LEARN,
    meeting_forms.SAY,
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_field_of_a_form_is_one_of_its_entry(form: Form) -> None:
    names = [field.name for field in form.every]
    assert set(names) <= set(form.kind.model_fields)
    assert len(names) == len(set(names))


def test_what_is_chosen_from_is_called_by_its_words() -> None:
    action = Action(title="Tag it", owner="Ines", due=date(2026, 6, 1))
    request = Commentary(team="search", month="2026-05", due=date(2026, 6, 1),
                         change=Decimal(1), start=Decimal(1), currency="USD")  # fmt: skip
    assert meeting_forms.name_of(action) == "Tag it (Ines)"
    assert meeting_forms.name_of(request) == "search, nobody: unanswered"

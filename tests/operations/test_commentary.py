"""Commentary: an answer names its cause, and who is asked is the team's lead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.organization import Organization
from finops.errors import UsageError
from finops.operations.commentary import answer
from finops.operations.commentary import Commentary
from finops.operations.commentary import Lasting
from finops.operations.commentary import lead_of
from finops.operations.commentary import said_before
from finops.operations.entries import log_of
from tests.operations.room import by

if TYPE_CHECKING:
    from finops.access.workspace import Workspace


def test_an_answer_says_why_and_whether_it_lasts(opened: Workspace) -> None:
    ask = Commentary(
        team="search",
        month="2026-05",
        due=date(2026, 6, 22),
        change=Decimal(9),
        start=Decimal(90),
        currency="USD",
    )
    with pytest.raises(UsageError, match="What is the cause"):
        answer(opened.store, **by(), entry=ask)
    with pytest.raises(UsageError, match="one-off or lasting"):
        answer(opened.store, **by(), entry=ask.model_copy(update={"cause": "a launch"}))
    said = {"cause": "a launch", "lasting": Lasting.LASTING}
    answer(opened.store, **by(), entry=ask.model_copy(update=said))
    log = log_of(opened)
    later = ask.model_copy(update={"month": "2026-06"})
    found = said_before(log, later)
    assert found
    assert (found.cause, found.answered, later.answered) == ("a launch", True, False)
    assert said_before(log, ask) is None


def test_who_is_asked_is_the_lead_by_name() -> None:
    found = Organization.from_mapping(
        {
            "teams": [{"id": "search", "name": "Search", "lead": "im"}, {"id": "x", "name": "X"}],
            "people": [{"id": "im", "name": "Ines Moreau"}],
        }
    )
    assert [lead_of(found, team) for team in ("search", "x", "none")] == ["Ines Moreau", "", ""]

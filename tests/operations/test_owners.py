"""Who answers for a statement in a month, and who may speak for them."""

from __future__ import annotations

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.core.organization import Organization
from finops.errors import NotAllowed
from finops.operations.owners import may_speak
from finops.operations.owners import owner_of
from finops.operations.owners import speak

COMPANY = Organization.from_mapping({
    "people": [{"id": "ines", "name": "Ines Moreau", "email": "ines@example.com"}],
    "teams": [
        {"id": "search", "name": "Search", "lead": "ines", "valid_to": "2026-06"},
        {"id": "search", "name": "Search", "valid_from": "2026-07"},
    ],
    "cost_centers": [{"id": "CC-1", "name": "One", "owner": "ines"}],
})  # fmt: skip


def test_the_owner_is_the_one_of_that_month() -> None:
    assert owner_of(COMPANY, "x_Team=search", "2026-06") == "Ines Moreau"
    assert owner_of(COMPANY, "x_Team=search", "2026-07") == ""
    assert owner_of(COMPANY, "x_CostCenter=CC-1", "2026-07") == "Ines Moreau"


def test_the_owner_speaks_under_any_of_their_names_and_who_runs_the_review_for_all() -> None:
    def may(name: str, role: Role = Role.ENGINEER) -> bool:
        return may_speak(COMPANY, "x_Team=search", "2026-06", Actor(name, frozenset({role})))

    assert all(may(name) for name in ("ines", "Ines Moreau", "ines@example.com"))
    assert not may("kenji")
    assert may("simon", Role.FINOPS)
    nobody = Actor("", frozenset({Role.ENGINEER}))
    with pytest.raises(NotAllowed, match="does not answer for search"):
        speak(COMPANY, "x_Team=search", "2026-07", nobody)

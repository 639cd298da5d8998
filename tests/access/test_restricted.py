"""Scopes that only their holders see."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.access.restricted import ALL
from finops.access.restricted import Part
from finops.access.restricted import part
from finops.access.restricted import restrict
from finops.access.restricted import restricted
from finops.core.organization import Organization
from finops.errors import UsageError

if TYPE_CHECKING:
    from finops.records.store import Store

WHO: dict[str, Any] = {
    "actor": local_actor("ada"),
    "at": datetime(2026, 4, 1, tzinfo=UTC),
    "origin": "test",
}
COMPANY = Organization.from_mapping({"name": "A", "teams": [{"id": "ml", "name": "ML"}]})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("team=ml", Part("x_Team", "ml")),
        ("X_TEAM = ml", Part("x_Team", "ml")),
        ("cost center=CC-1", Part("x_CostCenter", "CC-1")),
        ("SubAccountId=a=b", Part("SubAccountId", "a=b")),
        ("everything", ALL),
    ],
)
def test_a_scope_is_a_dimension_and_its_value(text: str, found: Part) -> None:
    assert part(text, COMPANY) == found


@pytest.mark.parametrize("text", ["ml", "team=", "=ml", "tag:team=ml", "lines=1", "team=mll"])
def test_a_scope_that_would_keep_nothing_back_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        part(text, COMPANY)


def test_a_scope_is_restricted_once_however_often_that_is_said(store: Store) -> None:
    for _ in range(2):
        restrict(store, **WHO, scope="team=ml")
    with store.reading() as session:
        assert restricted(session) == (Part("x_Team", "ml"),)


def test_everything_is_kept_from_nobody(store: Store) -> None:
    with pytest.raises(UsageError, match="Everything cannot"):
        restrict(store, **WHO, scope="everything")

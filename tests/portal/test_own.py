from __future__ import annotations

import pytest

from finops.core.organization import Organization
from finops.portal import desk
from finops.portal import own

HOUSE = Organization.from_mapping(
    {
        "teams": [{"id": "search", "name": "Search", "product": "shop"}],
        "products": [{"id": "shop", "name": "Shop"}],
        "people": [{"id": "bob", "name": "Bob", "team": "search"}],
    }
)


@pytest.fixture(autouse=True)
def _house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "organization", lambda: HOUSE)


def test_a_team_has_its_name_and_its_product() -> None:
    assert (own.called("search"), own.product("search")) == ("Search", "shop")
    assert (own.called("ml"), own.product("ml")) == ("ml", "")

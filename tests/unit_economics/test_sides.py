"""Sides: who speaks for product and who for engineering."""

from __future__ import annotations

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.core.organization import Organization
from finops.errors import NotAllowed
from finops.unit_economics.sides import people
from finops.unit_economics.sides import require
from finops.unit_economics.sides import Side
from finops.unit_economics.sides import speaks

COMPANY = Organization.from_mapping(
    {
        "products": [{"id": "shop", "name": "Shop", "owner": "mei"}],
        "teams": [{"id": "web", "name": "Web", "lead": "amara", "product": "shop"}],
        "people": [
            {"id": "mei", "name": "Mei Tanaka", "email": "mei@example.com"},
            {"id": "ben", "name": "Ben Carter", "team": "web"},
            {"id": "amara", "name": "Amara Okafor", "team": "web"},
        ],
    }
)
MONTH = "2026-10"


def may(name: str, side: Side, product: str = "shop", role: Role = Role.VIEWER) -> bool:
    return speaks(COMPANY, side, product, MONTH, actor=Actor(name, frozenset({role})))


def test_the_owner_is_product_and_the_teams_are_engineering() -> None:
    assert people(COMPANY, Side.PRODUCT, "shop", MONTH) == ("Mei Tanaka",)
    assert people(COMPANY, Side.ENGINEERING, "shop", MONTH) == ("Amara Okafor", "Ben Carter")


def test_each_speaks_for_their_side_by_name_id_or_address() -> None:
    assert all(may(name, Side.PRODUCT) for name in ("Mei Tanaka", "mei", "mei@example.com"))
    assert may("ben", Side.ENGINEERING)
    assert not may("mei", Side.ENGINEERING)
    assert not may("ben", Side.PRODUCT)


def test_where_nobody_is_named_the_role_speaks() -> None:
    assert people(COMPANY, Side.PRODUCT, "till", MONTH) == ()
    assert may("rosa", Side.PRODUCT, "till", Role.PRODUCT)
    assert not may("rosa", Side.ENGINEERING, "till", Role.PRODUCT)
    with pytest.raises(NotAllowed, match="engineering of the whole business") as refused:
        require(COMPANY, Side.ENGINEERING, "", MONTH, actor=Actor("rosa"))
    assert "The role engineer does." in refused.value.sentence

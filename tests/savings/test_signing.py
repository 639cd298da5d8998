from __future__ import annotations

import pytest

from finops.access.actor import Actor
from finops.access.roles import Role
from finops.core.organization import Organization
from finops.errors import NotAllowed
from finops.savings.saving import Kind
from finops.savings.saving import Saving
from finops.savings.saving import Share
from finops.savings.signing import may_sign
from finops.savings.signing import members
from finops.savings.signing import sign
from tests.savings.room import ORGANIZATION

SHOP = Organization.from_mapping(ORGANIZATION)
SAID = Saving(
    key="S1",
    title="t",
    kind=Kind.ELIMINATE,
    scope="x",
    team="search",
    claimed_by="olaf",
    implemented_by="mia",
    split=(Share(team="search", person="guest"),),
)


@pytest.mark.parametrize("name", ["fay", "Fay Finance", "kenji", "somebody"])
def test_finance_outside_the_credited_teams_may_sign(name: str) -> None:
    actor = Actor(name, frozenset({Role.FINANCE}))
    assert may_sign(SHOP, SAID, actor) == ""
    sign(SHOP, SAID, actor)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("olaf", "claims S1"),
        ("mia", "claims S1"),
        ("guest", "is credited with"),
        ("ines", "is of search"),
        ("Ines Moreau", "is of search"),
        ("ines@shop.example", "is of search"),
    ],
)
def test_nobody_signs_what_is_credited_to_himself(name: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        sign(SHOP, SAID, Actor(name, frozenset(Role)))


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.FINANCE, Role.FINOPS}])
def test_other_roles_sign_nothing(role: Role) -> None:
    with pytest.raises(NotAllowed, match="neither finance nor FinOps"):
        sign(SHOP, SAID, Actor("fay", frozenset({role})))


def test_a_lead_is_of_the_team() -> None:
    assert members(SHOP, "data") == {"kenji", "Kenji Watanabe", "omar", "Omar Ops"}

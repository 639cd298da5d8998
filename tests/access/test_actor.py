"""Actor: what a person may do follows from the roles and from nothing else."""

from __future__ import annotations

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import GRANTS
from finops.access.roles import Permission
from finops.access.roles import Role
from finops.errors import NotAllowed


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_do_what_the_table_says(role: Role, permission: Permission) -> None:
    actor = Actor("ada", frozenset({role}))
    assert actor.may(permission) == (permission in GRANTS[role])


def test_two_roles_add_up() -> None:
    actor = Actor("ada", frozenset({Role.AUDITOR, Role.SERVICE}))
    assert actor.may(Permission.READ_AUDIT)
    assert actor.may(Permission.IMPORT_COST)


def test_without_a_role_nothing_is_allowed() -> None:
    assert not any(Actor("nobody").may(permission) for permission in Permission)


def test_the_local_actor_may_do_everything() -> None:
    assert all(local_actor().may(permission) for permission in Permission)
    assert local_actor().name == "local"
    assert local_actor("ada").name == "ada"


def test_a_refusal_says_which_role_is_needed() -> None:
    with pytest.raises(NotAllowed) as caught:
        Actor("ada", frozenset({Role.VIEWER})).require(Permission.WRITE_RATES)
    assert caught.value.sentence == (
        "ada may not write rates. One of these roles is needed: finance, finops, admin."
    )

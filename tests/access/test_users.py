"""Who may do what, and which part of the cost each person sees."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access import restricted
from finops.access import users
from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.restricted import Part
from finops.access.roles import Role
from finops.access.users import Change
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.records import audit

if TYPE_CHECKING:
    from finops.records.store import Store

WHO: dict[str, Any] = {
    "actor": local_actor("ada"),
    "at": datetime(2026, 4, 1, tzinfo=UTC),
    "origin": "test",
}
SEARCH, ML = Part("x_Team", "search"), Part("x_Team", "ml")


def say(store: Store, name: str, **change: Any) -> users.User:  # noqa: ANN401
    return users.set_user(store, **WHO, name=name, change=Change(**change))


def actor(store: Store, name: str) -> Actor:
    with store.reading() as session:
        found = users.actor_named(session, name)
    assert found
    return found


def test_what_is_said_last_of_a_person_holds_and_is_on_the_record(store: Store) -> None:
    say(store, "Vera", email="Vera@Example.com", roles=(Role.VIEWER,))
    say(store, "vera", roles=(Role.FINANCE, Role.ENGINEER))
    (vera,) = users.known_users(store)
    assert (vera.name, vera.email) == ("Vera", "vera@example.com")
    assert actor(store, "Vera").roles == {Role.ENGINEER, Role.FINANCE}
    with store.reading() as session:
        assert audit.verify(session) == ()
        assert audit.head(session).sequence == 2


def test_whoever_was_removed_may_do_and_see_nothing(store: Store) -> None:
    say(store, "Vera", roles=(Role.ADMIN,))
    say(store, "Vera", active=False)
    assert actor(store, "Vera").roles == frozenset()
    assert actor(store, "Vera").sees == (("x_Team", frozenset()),)


def test_a_restricted_person_sees_what_is_held_and_without_that_nothing(store: Store) -> None:
    say(store, "Bea", roles=(Role.ENGINEER,), restricted=True, holds=("team=search",))
    assert actor(store, "Bea").sees == (("x_Team", frozenset({"search"})),)
    say(store, "Bea", holds=())
    assert actor(store, "Bea").sees == (("x_Team", frozenset()),)


def test_a_restricted_scope_is_hidden_from_all_but_its_holders(store: Store) -> None:
    say(store, "Fay", roles=(Role.FINANCE,), holds=("everything",))
    say(store, "Mel", roles=(Role.ENGINEER,), holds=("team=ml",))
    say(store, "Sue", roles=(Role.ENGINEER,))
    restricted.restrict(store, **WHO, scope="Team=ml")
    hidden = {name: actor(store, name).hidden for name in ("Fay", "Mel", "Sue")}
    assert hidden == {"Fay": (), "Mel": (), "Sue": (("x_Team", frozenset({"ml"})),)}
    restricted.reopen(store, **WHO, scope="x_Team=ml")
    assert actor(store, "Sue").hidden == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "ada@example.com"}, "is Ada's already"),
        ({"email": "no@whe@re"}, "is no address"),
        ({"holds": ("weather=fine",)}, "is no scope"),
        ({"holds": ("search",)}, "is no scope"),
        ({"restricted": True, "holds": ("everything",)}, "of one dimension"),
        ({"restricted": True, "holds": ("team=a", "SubAccountId=1")}, "of one dimension"),
    ],
)
def test_what_could_not_be_kept_apart_is_refused(
    store: Store, change: dict[str, Any], said: str
) -> None:
    say(store, "Ada", email="ada@example.com")
    with pytest.raises(UsageError, match=said):
        say(store, "Bob", **change)
    assert [user.name for user in users.known_users(store)] == ["Ada"]


@pytest.mark.parametrize("name", ["", "   ", "a\u202eb", "x" * 201])
def test_a_person_has_a_name_that_can_be_read(store: Store, name: str) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        say(store, name)


def test_only_an_admin_says_who_may_do_what(store: Store) -> None:
    for role in set(Role) - {Role.ADMIN}:
        with pytest.raises(NotAllowed):
            users.set_user(
                store, **WHO | {"actor": Actor("x", frozenset({role}))}, name="x", change=Change()
            )

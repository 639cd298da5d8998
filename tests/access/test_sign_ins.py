"""Sign-ins: a session that ends by itself, that can be ended, and whose rights are those of now."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access import sign_ins
from finops.access import users
from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.access.users import Change
from finops.errors import NotAllowed
from finops.errors import NotSignedIn
from finops.records import audit

if TYPE_CHECKING:
    from finops.records.store import Store

NINE = datetime(2026, 4, 1, 9, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WHO: dict[str, Any] = {"actor": local_actor("ada"), "at": NINE, "origin": "test"}


def claims(**other: object) -> dict[str, object]:
    """What a service says of Vera at nine."""
    return {
        "is_logged_in": True, "iss": "https://id.example.com", "sub": "17", "nonce": "n1",
        "email": "Vera@example.com", "email_verified": True,
        "iat": NINE.timestamp(), "exp": (NINE + HOUR).timestamp(),
    } | other  # fmt: skip


@pytest.fixture
def vera(store: Store) -> Store:
    """A store in which Vera is known, a viewer."""
    change = Change(email="vera@example.com", roles=(Role.VIEWER,))
    users.set_user(store, **WHO, name="Vera", change=change)
    return store


def events(store: Store) -> int:
    with store.reading() as session:
        assert audit.verify(session) == ()
        return audit.head(session).sequence


def admit(store: Store, at: datetime = NINE, **other: object) -> Actor:
    return sign_ins.admit(store, claims(**other), at=at)


def test_who_is_vouched_for_is_let_in_and_that_is_one_event(vera: Store) -> None:
    before = events(vera)
    for minute in (0, 1, 20):
        assert admit(vera, NINE + minute * MINUTE) == Actor("Vera", frozenset({Role.VIEWER}))
    assert events(vera) == before + 1


def test_ten_tabs_at_once_begin_one_session(vera: Store) -> None:
    before = events(vera)
    with ThreadPoolExecutor(10) as many:
        assert {one.name for one in many.map(lambda _: admit(vera), range(10))} == {"Vera"}
    assert events(vera) == before + 1


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"email_verified": False}, "does not vouch for vera@example.com"),
        ({"email_verified": "true"}, "does not vouch for"),
        ({"email": "eve@example.com"}, "eve@example.com is not known here"),
        ({"email": ""}, "17 is not known here"),
        ({"exp": NINE.timestamp()}, "too old"),
        ({"exp": None}, "too old"),
        ({"iat": (NINE - 8 * HOUR).timestamp(), "exp": 2**39}, "too old"),
        ({"exp": "tomorrow"}, "too old"),
        ({"is_logged_in": False}, "Nobody is signed in"),
        ({"sub": ""}, "Nobody is signed in"),
    ],
)
def test_who_is_not_vouched_for_begins_no_session(
    vera: Store, other: dict[str, Any], said: str
) -> None:
    before = events(vera)
    with pytest.raises(NotAllowed, match=said):
        admit(vera, **other)
    assert events(vera) == before


def test_a_session_ends_after_half_an_hour_without_use(vera: Store) -> None:
    for minute in range(0, 100, 28):
        admit(vera, NINE + minute * MINUTE)
    with pytest.raises(NotSignedIn, match="half an hour"):
        admit(vera, NINE + (84 + 30) * MINUTE)


def test_a_session_ends_after_eight_hours_however_much_it_is_used(vera: Store) -> None:
    for minute in range(0, 8 * 60, 20):
        admit(vera, NINE + minute * MINUTE)
    with pytest.raises(NotSignedIn, match="8 hours"):
        admit(vera, NINE + 8 * HOUR)
    admit(vera, NINE + 8 * HOUR, nonce="n2", iat=(NINE + 8 * HOUR).timestamp(), exp=2**39)


def test_what_was_ended_stays_ended_in_every_browser_and_another_goes_on(vera: Store) -> None:
    actor = admit(vera)
    admit(vera, nonce="n2")
    told = sign_ins.claims_of(claims())
    assert told
    assert sign_ins.end(vera, actor=actor, at=NINE, origin="test", which=told.key) == 1
    with pytest.raises(NotSignedIn, match="signed out"):
        admit(vera)
    assert admit(vera, nonce="n2").name == "Vera"


def test_nobody_ends_the_session_of_another_but_an_admin_all_of_them(vera: Store) -> None:
    admit(vera)
    told = sign_ins.claims_of(claims())
    assert told
    mallory = Actor("Mallory", frozenset({Role.ENGINEER}))
    assert sign_ins.end(vera, actor=mallory, at=NINE, origin="test", which=told.key) == 0
    with pytest.raises(NotAllowed):
        sign_ins.sign_out(vera, **WHO | {"actor": mallory}, name="Vera")
    assert [one.name for one in sign_ins.open_sessions(vera, WHO["actor"], at=NINE)] == ["Vera"]
    assert sign_ins.sign_out(vera, **WHO, name="Vera") == 1
    assert sign_ins.open_sessions(vera, WHO["actor"], at=NINE) == ()
    with pytest.raises(NotSignedIn):
        admit(vera)


def test_what_is_taken_from_a_person_is_gone_at_the_next_look(vera: Store) -> None:
    admit(vera)
    users.set_user(vera, **WHO, name="Vera", change=Change(roles=(Role.AUDITOR,)))
    assert admit(vera).roles == {Role.AUDITOR}
    users.set_user(vera, **WHO, name="Vera", change=Change(roles=()))
    assert admit(vera).roles == frozenset()
    users.set_user(vera, **WHO, name="Vera", change=Change(active=False))
    with pytest.raises(NotAllowed, match="not known"):
        admit(vera)


def test_an_address_that_became_anothers_gives_nobody_that_session(vera: Store) -> None:
    admit(vera)
    users.set_user(vera, **WHO, name="Vera", change=Change(email=""))
    new = Change(email="vera@example.com", roles=(Role.ADMIN,))
    users.set_user(vera, **WHO, name="Vera Two", change=new)
    with pytest.raises(NotSignedIn, match="somebody else's"):
        admit(vera)


def test_a_person_may_be_known_by_the_subject_of_the_service(vera: Store) -> None:
    users.set_user(vera, **WHO, name="Sub", change=Change(email="AB-17", roles=(Role.VIEWER,)))
    assert admit(vera, sub="ab-17", email="", email_verified=None).name == "Sub"

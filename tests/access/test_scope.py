"""What an actor sees, and what is told only of all cost."""

from __future__ import annotations

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.access.scope import require_access
from finops.access.scope import require_sight
from finops.access.scope import require_whole
from finops.access.scope import sees_scope
from finops.access.scope import viewer_of
from finops.core.scope import Viewer
from finops.errors import NotAllowed

SEARCH = (("x_Team", frozenset({"search"})),)
BEA = Actor("bea", sees=SEARCH)
SUE = Actor("sue", hidden=SEARCH)


def test_a_local_person_sees_everything() -> None:
    assert viewer_of(local_actor("ada")) == Viewer("ada")
    require_whole(local_actor("ada"), "It")


@pytest.mark.parametrize("actor", [BEA, SUE], ids=["restricted", "kept out"])
def test_what_is_told_of_all_cost_is_told_to_nobody_who_sees_a_part(actor: Actor) -> None:
    assert viewer_of(actor).limited
    with pytest.raises(NotAllowed, match="It is about all cost"):
        require_whole(actor, "It")


def test_a_part_is_seen_by_its_holder_alone() -> None:
    require_sight(BEA, "x_Team", "search")
    require_sight(SUE, "x_Team", "ml")
    for actor, dimension, value in ((BEA, "x_Team", "ml"), (BEA, "x_Product", "search"),
                                    (SUE, "x_Team", "search")):  # fmt: skip
        with pytest.raises(NotAllowed, match="does not see"):
            require_sight(actor, dimension, value)


@pytest.mark.parametrize(
    ("scope", "bea", "sue"),
    [
        ("x_Team=search", True, False),
        ("x_Team=search; ServiceName=VM", True, False),
        ("2026-10; EffectiveCost; x_Team=search", True, False),
        ("x_Team=ml", False, True),
        ("x_Team=ml; x_Team=search", False, False),
        ("ServiceName=VM", False, False),
        ("x_Product=search", False, False),
        ("all", False, False),
        ("", False, False),
    ],
)
def test_a_scope_is_seen_where_it_names_nothing_but_what_is_seen(
    scope: str, *, bea: bool, sue: bool
) -> None:
    """One that names less than what somebody's sight is limited by may hold what is kept back."""
    assert sees_scope(viewer_of(BEA), scope) is bea
    assert sees_scope(viewer_of(SUE), scope) is sue
    assert sees_scope(viewer_of(local_actor("ada")), scope)


def test_two_who_see_the_same_share_their_answers() -> None:
    assert Viewer("ada", sees=SEARCH) == Viewer("bea", sees=SEARCH)
    assert Viewer("ada", sees=SEARCH) != Viewer("ada")
    assert Viewer("ada", hidden=SEARCH) != Viewer("ada", sees=SEARCH)


def test_who_sees_what_is_told_to_whoever_manages_access_or_sees_all() -> None:
    require_access(local_actor("ada"))
    require_access(Actor("max", frozenset({Role.ADMIN}), hidden=SEARCH))
    with pytest.raises(NotAllowed, match="Who sees what is about all cost"):
        require_access(Actor("sue", frozenset({Role.AUDITOR}), hidden=SEARCH))
    with pytest.raises(NotAllowed, match="may not read the audit"):
        require_access(Actor("vera", frozenset({Role.VIEWER})))

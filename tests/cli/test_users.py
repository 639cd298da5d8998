"""`finops users` and `finops scopes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Answer

    Finops = Callable[..., Answer]


def test_a_person_is_added_changed_listed_and_removed(finops: Finops) -> None:
    finops("init")
    words = ("users", "set", "Vera", "--email", "vera@example.com", "--role", "finance")
    added = finops(*words, "--json").document
    assert added == {
        "name": "Vera", "email": "vera@example.com", "roles": ["finance"],
        "restricted": False, "holds": [], "active": True,
    }  # fmt: skip
    finops("users", "set", "Vera", "--restricted", "--holds", "team=search")
    assert finops("users", "remove", "Vera").code == 0
    (vera,) = finops("users", "list", "--json").document["users"]
    assert vera["holds"] == ["x_Team=search"]
    assert vera["roles"] == ["finance"]
    assert (vera["restricted"], vera["active"]) == (True, False)


def test_who_is_named_has_that_persons_roles_and_a_stranger_all_in_local_mode(
    finops: Finops,
) -> None:
    finops("init")
    finops("users", "set", "Vera", "--role", "viewer")
    refused = finops("--as", "Vera", "users", "set", "Vera", "--role", "admin")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "Vera may not manage who may do and see what" in refused.err
    assert finops("--as", "Somebody", "users", "list").code == 0


def test_a_scope_is_restricted_and_opened(finops: Finops) -> None:
    finops("init")
    assert finops("scopes", "restrict", "team=ml", "--json").document["state"] == "restricted"
    found = finops("scopes", "list", "--json").document
    assert found == {"restricted": [{"dimension": "x_Team", "value": "ml"}]}
    finops("scopes", "open", "team=ml")
    assert finops("scopes", "list", "--json").document == {"restricted": []}


def test_what_is_about_all_cost_is_for_nobody_who_sees_a_part(finops: Finops) -> None:
    finops("init")
    finops("users", "set", "Bea", "--role", "finance", "--restricted", "--holds", "team=search")
    for words in (("reconcile",), ("budgets", "list"), ("audit", "list"), ("review", "agenda")):
        refused = finops("--as", "Bea", *words)
        assert refused.code == 2
        assert f"finops {' '.join(words)} is about all cost" in refused.err


def test_bad_words_are_told_in_one_line(finops: Finops) -> None:
    finops("init")
    for words in (
        ("set", "A", "--role", "king"),
        ("remove", "Nobody"),
        ("set", "A", "--holds", "x"),
    ):
        refused = finops("users", *words)
        assert (refused.code, refused.err.count("\n")) == (2, 1)

"""The demo's own sharing, at figures that can be checked by hand."""

from __future__ import annotations

from finops.demo.sharing import split

CENT = 10**10


def test_the_cents_left_over_go_to_the_largest_remainders() -> None:
    """10.00 by 1, 1 and 1 (domain.md 2.5)."""
    assert split(1000 * CENT, {"c": 1, "a": 1, "b": 1}) == {
        "a": 334 * CENT,
        "b": 333 * CENT,
        "c": 333 * CENT,
    }


def test_what_is_below_a_cent_goes_to_the_first() -> None:
    found = split(3 * CENT + 7, {"b": 2, "a": 1})
    assert found == {"a": CENT + 7, "b": 2 * CENT}

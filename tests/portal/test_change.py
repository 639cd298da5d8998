"""Parts that always add up to the whole."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import EXACT
from finops.core.amount import total
from finops.portal.change import Change
from finops.portal.change import changes
from finops.portal.change import largest
from finops.portal.change import movers
from finops.portal.change import REST

money = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=18)
costs = st.dictionaries(st.text(max_size=3), money, max_size=12)


@given(now=costs, before=costs, most=st.integers(1, 8))
def test_what_is_drawn_adds_up_to_the_last_digit(
    now: dict[str, Decimal], before: dict[str, Decimal], most: int
) -> None:
    parts = changes(now, before)
    for kept in (parts, largest(parts, most), movers(parts, most)):
        assert total(part.now for part in kept) == total(now.values())
        assert total(part.before for part in kept) == total(before.values())
        assert total(part.by for part in kept) == EXACT.subtract(
            total(now.values()), total(before.values())
        )


def test_what_is_left_over_is_one_part_that_says_how_many_it_stands_for() -> None:
    parts = changes({name: Decimal(9 - place) for place, name in enumerate("abcd")}, {})
    kept = largest(parts, 2)
    assert [part.name for part in kept] == ["a", "b", f"{REST} (2)"]


def test_one_left_over_part_keeps_its_name() -> None:
    parts = changes({"a": Decimal(2), "b": Decimal(1)}, {})
    assert [part.name for part in largest(parts, 1)] == ["a", "b"]


def test_movers_are_ordered_from_the_largest_rise_to_the_largest_fall() -> None:
    parts = changes(
        {"up": Decimal(9), "same": Decimal(5)}, {"down": Decimal(7), "same": Decimal(5)}
    )
    assert movers(parts, 2)[:2] == (
        Change("up", Decimal(0), Decimal(9)),
        Change("down", Decimal(7), Decimal(0)),
    )

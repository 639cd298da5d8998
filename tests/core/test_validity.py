from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core import validity
from finops.core.document import Node
from finops.errors import InputError

MONTHS = [f"2026-{number:02}" for number in range(1, 13)]


@dataclass(frozen=True, kw_only=True)
class Dated:
    valid_from: str | None = None
    valid_to: str | None = None


dated = st.builds(
    Dated,
    valid_from=st.none() | st.sampled_from(MONTHS),
    valid_to=st.none() | st.sampled_from(MONTHS),
)


@given(one=dated, other=dated)
def test_two_meet_if_a_month_holds_both(one: Dated, other: Dated) -> None:
    shared = any(validity.holds(one, month) and validity.holds(other, month) for month in MONTHS)
    # Where neither ends, or neither begins, they may meet outside of the year.
    outside = (one.valid_from is None and other.valid_from is None) or (
        one.valid_to is None and other.valid_to is None
    )
    assert shared <= validity.meet(one, other)
    assert validity.meet(one, other) <= (shared or outside)


def test_what_holds_in_a_month_is_told_without_its_dates() -> None:
    items = (Dated(valid_to="2026-06"), Dated(valid_from="2026-07"), Dated())
    assert [validity.holds(item, "2026-06") for item in items] == [True, False, True]
    assert validity.held(items, "2026-06") == (Dated(), Dated())


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Dated(valid_from="2026-7"), r"rules\[0\]\.valid_from: '2026-7' is no billing month"),
        (Dated(valid_to="2026-13"), r"rules\[0\]\.valid_to"),
        (
            Dated(valid_from="2026-07", valid_to="2026-06"),
            r"rules\[0\]: valid_to 2026-06 is before",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused(item: Dated, said: str) -> None:
    with pytest.raises(InputError, match=said):
        validity.check(item, Node(None, "rules[0]"))

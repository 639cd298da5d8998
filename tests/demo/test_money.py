from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.demo.money import cost
from finops.demo.money import DECIMAL
from finops.demo.money import decimals
from finops.demo.money import digits
from finops.demo.money import part
from finops.demo.money import price
from finops.demo.money import quantities
from finops.demo.money import whole

WHOLES = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(WHOLES, min_size=1, max_size=20))
def test_whole_numbers_become_decimals_without_losing_a_digit(numbers: list[int]) -> None:
    known = np.arange(len(numbers)) % 3 != 2
    found = decimals(np.array(numbers, np.int64), known)
    assert found.type == DECIMAL
    for number, there, value in zip(numbers, known, found.to_pylist(), strict=True):
        assert value == (Decimal(number).scaleb(-12) if there else None)


@given(WHOLES)
def test_digits_and_whole_undo_each_other(number: int) -> None:
    assert whole(digits(number)) == number


@pytest.mark.parametrize(("text", "shown"), [("0", "0"), ("-0.5", "-0.5"), ("12.300", "12.3")])
def test_an_amount_is_shown_without_needless_zeros(text: str, shown: str) -> None:
    assert digits(whole(text)) == shown


def test_a_price_with_too_many_digits_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.123456789 has more than 8 digits"):
        price("0.123456789")


@pytest.mark.parametrize(("number", "share"), [(5, 3), (-5, -2), (4, 2), (3, 2)])
def test_half_is_rounded_up(number: int, share: int) -> None:
    assert part(number, 1, 2) == share


def test_price_times_quantity_is_exact() -> None:
    quantity = quantities(np.array([0.00014, 2.5]))
    assert [digits(n) for n in quantity.tolist()] == ["0.0001", "2.5"]
    assert [digits(n) for n in cost(quantity, price("0.12345678")).tolist()] == [
        "0.000012345678",
        "0.30864195",
    ]

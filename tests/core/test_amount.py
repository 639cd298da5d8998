from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.core.amount import Amount
from finops.core.amount import minor_unit
from finops.core.amount import split
from finops.core.amount import total
from finops.errors import UsageError

LIMIT = Decimal(10) ** 20
money = st.decimals(-LIMIT, LIMIT, places=18)
weights = st.lists(st.decimals(0, 10**9, places=6), min_size=1, max_size=12).filter(any)
units = st.sampled_from([Decimal(1), Decimal("0.01"), Decimal("0.001")])


def test_amounts_of_one_currency_add_and_subtract_exactly() -> None:
    large = Amount(Decimal("12345678901234567890.123456789012345678"), "USD")
    small = Amount(Decimal("0.000000000000000001"), "USD")
    assert large.plus(small).number == Decimal("12345678901234567890.123456789012345679")
    assert large.plus(small).minus(large) == small


def test_amounts_of_two_currencies_do_not_add() -> None:
    with pytest.raises(UsageError, match="USD and EUR do not add"):
        Amount(Decimal(1), "USD").plus(Amount(Decimal(1), "EUR"))
    with pytest.raises(UsageError, match="USD and EUR do not add"):
        Amount(Decimal(1), "USD").minus(Amount(Decimal(1), "EUR"))


def test_amounts_do_not_join_like_tuples() -> None:
    with pytest.raises(TypeError):
        Amount(Decimal(1), "USD") + Amount(Decimal(1), "EUR")  # type: ignore[operator]


def test_an_amount_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Amount(Decimal(1), "USD").number = Decimal(2)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("number", "currency", "posted"),
    [
        ("0.125", "USD", "0.12"),
        ("0.135", "USD", "0.14"),
        ("-0.125", "USD", "-0.12"),
        ("2.5", "JPY", "2"),
        ("1.0005", "KWD", "1.000"),
    ],
)
def test_an_amount_is_posted_half_even_to_the_unit_of_its_currency(
    number: str, currency: str, posted: str
) -> None:
    assert str(Amount(Decimal(number), currency).rounded().number) == posted


def test_an_amount_is_written_in_full_with_its_currency() -> None:
    amount = Amount(Decimal("-1234567890123456789012.000000000000000001"), "EUR")
    assert str(amount) == "-1,234,567,890,123,456,789,012.000000000000000001 EUR"


def test_the_smallest_unit_follows_the_currency() -> None:
    found = [minor_unit(currency) for currency in ("USD", "JPY", "KWD")]
    assert found == [Decimal("0.01"), Decimal(1), Decimal("0.001")]


@given(st.lists(money))
def test_a_total_does_not_depend_on_the_order(numbers: list[Decimal]) -> None:
    assert total(numbers) == total(sorted(numbers)) == total(reversed(numbers))


@given(st.lists(money), money)
def test_a_number_and_its_opposite_leave_a_total_as_it_was(
    numbers: list[Decimal], number: Decimal
) -> None:
    assert total([*numbers, number, number.copy_negate()]) == total(numbers)


@given(money, weights, units)
def test_shares_add_up_to_the_whole(whole: Decimal, by: list[Decimal], unit: Decimal) -> None:
    assert total(split(whole, by, unit)) == whole


@given(money, weights, units)
def test_every_share_is_within_two_units_of_its_exact_part(
    whole: Decimal, by: list[Decimal], unit: Decimal
) -> None:
    """One unit by rounding, and less than one that the whole has beyond the unit."""
    base = Fraction(total(by))
    for share, weight in zip(split(whole, by, unit), by, strict=True):
        assert abs(Fraction(share) - Fraction(whole) * Fraction(weight) / base) < 2 * unit


@given(money, weights, units)
def test_no_weight_means_no_share(whole: Decimal, by: list[Decimal], unit: Decimal) -> None:
    shares = split(whole, [*by, Decimal(0)], unit)
    assert shares[-1] == 0


@given(money, weights, units)
def test_a_credit_is_split_like_a_charge_of_the_same_size(
    whole: Decimal, by: list[Decimal], unit: Decimal
) -> None:
    credit = split(whole.copy_negate(), by, unit)
    assert credit == tuple(share.copy_negate() for share in split(whole, by, unit))


def test_the_cents_left_over_go_to_the_largest_remainders_the_first_of_equals_first() -> None:
    shares = split(Decimal("100.00"), [Decimal(1)] * 3, Decimal("0.01"))
    assert shares == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))
    shares = split(Decimal("0.10"), [Decimal(1), Decimal(2), Decimal(4)], Decimal("0.01"))
    assert shares == (Decimal("0.01"), Decimal("0.03"), Decimal("0.06"))


@pytest.mark.parametrize("by", [[], ["0"], ["1", "-1"], ["3", "-1"]], ids=str)
def test_there_must_be_something_to_split_by(by: list[str]) -> None:
    with pytest.raises(UsageError, match="zero or more"):
        split(Decimal(1), [Decimal(weight) for weight in by], Decimal("0.01"))

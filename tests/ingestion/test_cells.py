"""Cells: what is read, and what is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.ingestion import cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal


@given(st.decimals(allow_nan=False, allow_infinity=False, places=18, min_value=-10, max_value=10))
def test_a_number_is_read_to_its_last_digit(number: Decimal) -> None:
    assert cells.amount(f"{number:f}") == number


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (cells.amount, "1,234.56"),
        (cells.amount, "1 234"),
        (cells.amount, "1_000"),
        (cells.amount, "NaN"),
        (cells.amount, "1e9"),
        (cells.amount, "\u0661"),
        (cells.amount, ""),
        (cells.day, "20261001"),
        (cells.day, "2026-02-30"),
        (cells.month, "2026-13"),
        (cells.currency, "eur"),
        (cells.text, ""),
        (cells.text, "a\0b"),
        (cells.one_of(("day", "month")), "week"),
    ],
)
def test_what_may_mean_two_things_is_refused(read: Callable[[str], object], told: str) -> None:
    with pytest.raises(cells.Unfit):
        read(told)


def test_a_workbooks_time_of_day_is_no_part_of_a_day() -> None:
    assert cells.day("2026-10-01 00:00:00") == date(2026, 10, 1)


def test_an_empty_cell_may_mean_something() -> None:
    read = cells.maybe(cells.one_of(("day", "month")), "day")
    assert (read(""), read("Month")) == ("day", "month")

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from finops.savings.regressed import came_back


def days(*levels: tuple[int, int]) -> list[Decimal]:
    return [Decimal(level) for level, count in levels for _ in range(count)]


@pytest.mark.parametrize(
    ("gaps", "place"),
    [
        (days((100, 20), (0, 11)), 20),
        (days((100, 20), (-5, 3)), 20),
        (days((100, 20), (33, 10)), 20),
        (days((100, 20), (60, 10)), None),
        (days((100, 29), (0, 2)), None),
        (days((100, 31)), None),
        (days((0, 10), (100, 21)), None),
        (days((0, 31)), None),
        ([], None),
    ],
)
def test_a_cost_is_back_when_little_is_saved_for_some_days(
    gaps: list[Decimal], place: int | None
) -> None:
    assert came_back(gaps) == place


def test_a_weekend_without_a_saving_is_no_regression() -> None:
    week = days((0, 5), (100, 2))
    assert came_back(week * 4 + days((0, 5))) is None


def test_noise_alone_never_comes_back() -> None:
    found = 0
    for seed in range(100):
        chance = Random(seed)
        gaps = [Decimal(f"{chance.gauss(0, 5):.2f}") for _ in range(31)]
        found += came_back(gaps) is not None
    assert found <= 2


def test_a_regression_is_found_through_noise() -> None:
    for seed in range(50):
        chance = Random(seed)
        gaps = [Decimal(f"{chance.gauss(40 if n < 20 else 0, 5):.2f}") for n in range(31)]
        assert came_back(gaps) in range(19, 22)

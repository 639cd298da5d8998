from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from finops.core.amount import total
from finops.savings.line import Day
from finops.savings.line import line
from finops.savings.line import student
from finops.savings.saving import Point

START = date(2026, 9, 1)


def days(count: int, first: int = 0) -> list[date]:
    return [START + timedelta(days=first + n) for n in range(count)]


def noisy(seed: int, *, count: int = 30) -> tuple[Point, ...]:
    chance = Random(seed)
    return tuple(Point(day=day, cost=Decimal(f"{chance.gauss(100, 5):.4f}")) for day in days(count))


def test_a_day_costs_its_fixed_part_and_what_its_units_add() -> None:
    points = [
        Point(day=day, cost=Decimal(100 + place * 2), units=Decimal(place * 10))
        for place, day in enumerate(days(30))
    ]
    told = line(points).tell([Day(one, Decimal(50)) for one in days(31, 30)])
    assert {round(one, 6) for one in told.days} == {Decimal("110.000000")}
    assert round(told.within, 6) == 0


def test_days_of_the_week_are_told_apart_from_four_weeks_on() -> None:
    def cost(day: date) -> Decimal:
        return Decimal(40 if day.weekday() >= 5 else 100)

    points = [Point(day=day, cost=cost(day)) for day in days(28)]
    told = line(points, weekly=True).tell([Day(day) for day in days(7, 28)])
    assert [round(one) for one in told.days] == [cost(day) for day in days(7, 28)]
    assert not line(points[:27], weekly=True).weekly
    assert not line(points).weekly


def test_the_interval_holds_nine_times_in_ten() -> None:
    """Of 400 months like their baseline about 90 % lie within the interval."""
    held = 0
    for seed in range(400):
        points = noisy(seed, count=60)
        told = line(points[:30]).tell([Day(one.day) for one in points[30:]])
        off = total(one.cost for one in points[30:]) - total(told.days)
        held += abs(off) <= told.within
    assert 0.85 <= held / 400 <= 0.97


def test_days_that_resemble_the_day_before_are_told_less_surely() -> None:
    drifting = [Point(day=day, cost=Decimal(100 + place)) for place, day in enumerate(days(30))]
    shuffled = list(drifting)
    Random(1).shuffle(shuffled)
    mixed = [Point(day=a.day, cost=b.cost) for a, b in zip(drifting, shuffled, strict=True)]
    ahead = [Day(day) for day in days(30, 30)]
    assert line(drifting).tell(ahead).within > 2 * line(mixed).tell(ahead).within


def test_a_day_without_its_units_cannot_be_told() -> None:
    points = [Point(day=day, cost=Decimal(1), units=Decimal(n)) for n, day in enumerate(days(9))]
    with pytest.raises(ValueError, match="has no units"):
        line(points).tell([Day(START)])


def test_no_days_cost_nothing() -> None:
    assert line(noisy(1)).tell([]) == ((), Decimal(0))


@pytest.mark.parametrize(("free", "told"), [(5, 2.015), (29, 1.699), (1000, 1.646)])
def test_the_quantile_is_students(free: int, told: float) -> None:
    assert student(free) == pytest.approx(told, abs=0.01)

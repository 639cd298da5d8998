from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from finops.demo.seasons import growth
from finops.demo.seasons import season
from finops.demo.seasons import story


@pytest.mark.parametrize("today", [date(2026, 11, 1), date(2026, 11, 30)])
def test_the_story_is_25_months_up_to_the_last_complete_one(today: date) -> None:
    months = story(today)
    assert len(months) == 25
    assert (str(months[0].period), str(months[-1].period)) == ("2024-10", "2026-10")


def test_a_size_grows_to_what_it_is_today() -> None:
    months = story(date(2026, 11, 21))
    sizes = np.concatenate([growth(0.5, month) for month in months])
    assert (np.diff(sizes) > 0).all()
    assert 0.5 < sizes[0] < 0.51
    assert 0.99 < sizes[-1] < 1


def test_offices_are_empty_on_weekends() -> None:
    october = story(date(2026, 11, 21))[-1]
    found = season("office", october)
    saturdays = [day for day in range(31) if date(2026, 10, day + 1).weekday() == 5]
    assert {round(float(found[day]), 2) for day in saturdays} == {0.3}
    assert float(found[4]) == 1.0

"""Claims that changed nothing, on noisy bills whose volume moves and whose price is cut.

The series are made up in memory: each day's cost is a part that is fixed and one that follows the
volume, times a chance of 5 to 8 percent. The volume of the second month is up to a fifth more or
less, and every third claim falls together with a provider's price cut.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from finops.core.amount import total
from finops.savings.line import Day
from finops.savings.line import line
from finops.savings.measured import Figures
from finops.savings.measured import Measured
from finops.savings.measured import Verdict
from finops.savings.measured import weighed
from finops.savings.saving import Point

START, END = date(2026, 8, 1), date(2026, 9, 1)
BASELINE, DAYS, CLAIMS, MOST, CUT = 60, 31, 30, 2, 0.12
SEEDS = (1, 2, 8, 20261121, 777777)
"""The first two were looked at while the product was made; the others never were."""


@pytest.mark.parametrize("seed", SEEDS)
def test_of_thirty_claims_without_effect_at_most_two_are_credited(seed: int) -> None:
    found = [measured(seed, place, effect=0.0) for place in range(CLAIMS)]
    assert sum(one.verdict is Verdict.SAVED for one in found) <= MOST
    assert all(one.verified == 0 for one in found if one.verdict is Verdict.NOISE)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_took_a_third_off_is_credited_every_time_and_right_on_average(seed: int) -> None:
    found = [measured(seed, place, effect=1 / 3) for place in range(CLAIMS)]
    assert all(one.verdict is Verdict.SAVED for one in found)
    share = float(total(one.verified for one in found) / total(one.adjusted for one in found))
    assert abs(share - 1 / 3) < 0.02 / 3


def measured(seed: int, place: int, *, effect: float) -> Measured:
    """One claim, measured on the month after its baseline as every saving is."""
    random = np.random.default_rng((seed, place, round(effect * 3)))
    moved = random.uniform(0.8, 1.2)
    size = BASELINE + DAYS
    level = np.where(np.arange(size) < BASELINE, 1.0, moved)
    volume = 1000 * level * (1 + 0.08 * random.standard_normal(size))
    noise = 1 + random.uniform(0.05, 0.08) * random.standard_normal(size)
    costs = (40 + 0.06 * volume) * noise
    costs[BASELINE:] *= 1 - effect
    days = [START - timedelta(days=BASELINE - n) for n in range(size)]
    units = [_decimal(one) for one in volume]
    points = tuple(
        Point(day=day, cost=_decimal(cost), units=unit)
        for day, cost, unit in zip(days[:BASELINE], costs[:BASELINE], units, strict=False)
    )
    told = line(points).tell([Day(*one) for one in zip(days, units, strict=True)][BASELINE:])
    actual = total(_decimal(one) for one in costs[BASELINE:])
    billed = actual * _decimal(1 - CUT) if place % 3 == 0 else actual
    flat = total(one.cost for one in points) / BASELINE * DAYS
    adjusted = total(told.days)
    figures = Figures(adjusted, told.within, flat, actual=billed, repriced=actual)
    return weighed(figures, START, END, currency="USD")


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.6f}")

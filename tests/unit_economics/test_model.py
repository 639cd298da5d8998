"""Model: a line through days that have one, and an honest sentence where they have none."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from finops.unit_economics.model import fitted
from finops.unit_economics.model import Method
from finops.unit_economics.model import Point
from finops.unit_economics.model import slope

START = date(2026, 8, 1)


def days(
    count: int, *, fixed: float = 1000, variable: float = 2, seed: int = 1, wobble: float = 0.01
) -> list[Point]:
    """Days of about 1000 units, busier at weekends, that cost what the two parts say."""
    random = np.random.default_rng(seed)
    units = 1000 * (1 + 0.15 * np.sin(np.arange(count) * 2 * np.pi / 7))
    units *= 1 + 0.05 * random.standard_normal(count)
    costs = (fixed + variable * units) * (1 + wobble * random.standard_normal(count))
    return [
        Point(START + timedelta(days=n), Decimal(f"{u:.0f}"), Decimal(f"{c:.2f}"))
        for n, (u, c) in enumerate(zip(units, costs, strict=True))
    ]


@pytest.mark.parametrize("seed", [1, 2, 31, 404, 20260713])
def test_planted_parts_are_found_again(seed: int) -> None:
    points = days(90, seed=seed, wobble=0.002)
    found = fitted(points, [])
    assert found.method is Method.DAILY
    assert abs(found.variable - 2) < Decimal("0.04")
    assert found.low <= 2 <= found.high or abs(found.variable - 2) < Decimal("0.02")
    units, cost = (sum(row, Decimal(0)) for row in zip(*(p[1:] for p in points), strict=True))
    assert abs((cost - found.variable * units) / 90 - 1000) < 20


def test_a_cost_that_never_moves_does_not_follow_volume() -> None:
    found = fitted([point._replace(cost=Decimal(20)) for point in days(70)], ())
    assert not found.known
    assert "Cost did not rise with volume" in found.said[0]


def test_a_fit_is_told_with_its_interval_range_and_share() -> None:
    found = fitted(days(90), [])
    assert found.low < found.variable < found.high
    assert found.fit is not None
    assert Decimal("0.9") < found.fit < 1
    assert found.said[0].startswith("Volume explains 9")
    assert not found.outside(Decimal(1000))
    assert found.outside(Decimal(5000))


def test_the_same_days_give_the_same_model() -> None:
    assert fitted(days(90), []) == fitted(days(90), [])


def test_twenty_days_are_no_model() -> None:
    found = fitted(days(20), days(3))
    assert found.method is Method.NONE
    assert found.said == ("20 days and 3 months have units: a fit needs 60 days or 12 months.",)


def test_twelve_months_are_a_labelled_one() -> None:
    found = fitted(days(20), days(12))
    assert found.method is Method.MONTHLY
    assert found.said[0] == "Only 20 days have units; this is fitted to 12 months."


def test_volume_that_never_varies_says_nothing() -> None:
    same = [point._replace(units=Decimal(1000)) for point in days(90)]
    found = fitted(same, [])
    assert not found.known
    assert "Volume hardly varied over 90 days (0.0% around its mean)" in found.said[0]


def test_a_price_cut_in_the_middle_is_named_by_its_day() -> None:
    cut = [
        point._replace(cost=point.cost * Decimal("0.7")) if place >= 45 else point
        for place, point in enumerate(days(90))
    ]
    found = fitted(cut, [])
    assert not found.known
    assert "2026-09-1" in found.said[0]
    assert "less: a price or a design changed" in found.said[0]


@pytest.mark.parametrize(("fixed", "variable", "said"), [
    (5000, -2, "Cost did not rise with volume"), (-500, 3, "Cost rose faster than volume"),
])  # fmt: skip
def test_a_line_that_cannot_be_is_not_drawn(fixed: float, variable: float, said: str) -> None:
    found = fitted(days(90, fixed=fixed, variable=variable), [])
    assert not found.known
    assert found.said[0].startswith(said)


def test_a_shared_trend_is_told() -> None:
    """Cost that only grows with time, as volume does too."""
    grown = [
        Point(p.day, Decimal(1000 + 10 * n + n % 5 * 60), Decimal(3500 + 12 * n))
        for n, p in enumerate(days(90))
    ]
    found = fitted(grown, [])
    assert found.known
    assert any("a trend that both share" in one for one in found.said)


def test_slopes_of_parts_add_up_to_that_of_the_whole() -> None:
    whole = days(90)
    part = [p._replace(cost=p.cost * (n % 4) / 7) for n, p in enumerate(whole)]
    rest = [p._replace(cost=p.cost - q.cost) for p, q in zip(whole, part, strict=True)]
    assert abs(slope(part) + slope(rest) - slope(whole)) < Decimal("1e-9")

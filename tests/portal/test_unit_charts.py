"""Charts of unit economics: words that say what the drawing says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from finops.portal import unit_charts
from finops.unit_economics.levers import Swing
from finops.unit_economics.metrics import Segment
from finops.unit_economics.portfolio import Served
from tests.unit_economics.conftest import october
from tests.unit_economics.conftest import of_shop
from tests.unit_economics.conftest import sold

if TYPE_CHECKING:
    from finops.unit_economics.prepared import Prepared

__all__ = ["october", "of_shop", "sold"]
D = Decimal


def test_a_trend_says_each_month_and_draws_the_marginal_dashed(
    october: Prepared,
) -> None:
    found = unit_charts.trend(october)
    assert not found.empty
    assert "Aug 2026 0.2" in found.alt.replace("\u00a0", " ")
    assert found.figure.data[1].line.dash == "dash"


def test_segments_below_zero_are_signed_and_colored() -> None:
    bad, good = Segment("bulk", D(1), D(8), D(10)), Segment("retail", D(1), D(20), D(10))
    every = [bad, good, Segment("free", D(1), None, D(1))]
    rows = [Served("shop", "USD", one) for one in every]
    found = unit_charts.segments(rows, [one.segment.name for one in rows])
    assert found.alt.replace("\u00a0", " ").endswith("bulk \u221225.0 %, retail +50.0 %.")
    assert list(found.figure.data[0].marker.color) == ["#D55E00", "#0072B2"]
    assert unit_charts.segments([], []).empty


def test_what_matters_most_is_told_first_and_what_does_nothing_not_at_all() -> None:
    swings = [Swing("demand", D(90), D(130)), Swing("shared", D(100), D(100))]
    found = unit_charts.tornado(swings, D(100), "USD")
    assert found.alt.replace("\u00a0", " ") == (
        "What matters most, first: Demand 90.00 USD to 130.00 USD."
    )
    assert unit_charts.tornado([], D(100), "USD").empty

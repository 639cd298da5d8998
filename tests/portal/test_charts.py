"""Figures that add up, and sentences that say what they show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finops.portal import charts
from finops.portal.change import Change
from finops.portal.charts import Series
from finops.portal.charts import Step

LABELS = ("September 2026", "October 2026")
PARTS = (
    Change("Compute", Decimal(400), Decimal(460)),
    Change("<b>Storage</b>", Decimal(100), Decimal(80)),
    Change("Credits", Decimal(-10), Decimal(-30)),
)


def test_a_waterfall_goes_from_the_one_month_to_the_other_and_says_so() -> None:
    chart = charts.waterfall(PARTS, "USD", LABELS)
    steps = chart.figure.data[0].x
    assert steps[0] + sum(steps[1:-1]) == pytest.approx(steps[-1])
    assert chart.alt.startswith(
        "From September 2026 490.00\u00a0USD to October 2026 510.00\u00a0USD:"
    )
    assert "Storage" in chart.alt


def test_a_walk_is_told_from_its_start_to_its_end_even_without_a_step() -> None:
    start, end = Step("Invoiced", Decimal(10)), Step("Billed", Decimal(7))
    chart = charts.walk([start, Step("<i>tax</i>", Decimal(-3)), end], "USD")
    assert chart.alt.startswith("From Invoiced 10.00\u00a0USD to Billed 7.00\u00a0USD: <i>tax</i>")
    assert "&lt;i&gt;tax" in chart.figure.data[0].customdata[1]
    assert charts.walk([start, start], "USD").alt.endswith("no step between.")
    assert charts.walk([Step("a", Decimal(0)), Step("b", Decimal(0))], "USD").empty


def test_text_from_data_is_text_in_a_chart() -> None:
    for chart in (charts.bars(PARTS, "USD", LABELS), charts.waterfall(PARTS, "USD", LABELS)):
        assert any("&lt;b&gt;" in name for name in chart.figure.layout.yaxis.ticktext)
        assert not any("<b>" in text for text in chart.figure.data[0].customdata)


def test_two_equal_names_stay_two_bars() -> None:
    long = "x" * 40
    parts = (Change(long + "1", Decimal(1), Decimal(2)), Change(long + "2", Decimal(1), Decimal(1)))
    assert list(charts.bars(parts, "USD", LABELS).figure.data[0].y) == [0, 1]


def test_bars_hold_what_each_part_costs_now_and_before() -> None:
    now, before = charts.bars(PARTS, "USD", LABELS).figure.data[:2]
    assert list(now.x) == [460.0, 80.0, -30.0]
    assert list(before.x) == [400.0, 100.0, -10.0]


def test_the_days_of_a_month_are_told_with_their_highest() -> None:
    now = Series("October 2026", ((1, Decimal(5)), (2, Decimal(7))))
    before = Series("September 2026", ((1, Decimal(4)),))
    chart = charts.daily(now, before, "USD")
    assert "October 2026 12.00\u00a0USD against September 2026 4.00\u00a0USD" in chart.alt
    assert "the highest day is 2, 7.00\u00a0USD" in chart.alt


def test_a_month_without_cost_says_so() -> None:
    chart = charts.daily(Series("October 2026", ()), Series("September 2026", ()), "USD")
    assert chart.alt == "October 2026 has no cost by day."


@pytest.mark.parametrize("numbers", [(0, 0), (-5, -9), (10**15, 1)])
def test_an_odd_month_is_drawn_too(numbers: tuple[int, int]) -> None:
    part = Change("a", Decimal(numbers[0]), Decimal(numbers[1]))
    low, high = charts.waterfall((part,), "USD", LABELS).figure.layout.xaxis.range
    assert low < high

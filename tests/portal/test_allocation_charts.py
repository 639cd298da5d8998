"""Figures of an allocation whose layers add up, and sentences that say what they show."""

from __future__ import annotations

from decimal import Decimal

from finops.portal.allocation_charts import Bar
from finops.portal.allocation_charts import one_number
from finops.portal.allocation_charts import unowned

BARS = (
    Bar("Finance", {"CC-1": Decimal(60), "<b>CC-2</b>": Decimal(40)}),
    Bar("Engineering", {"search": Decimal(98), "ml": Decimal(2)}),
)


def test_both_bars_of_one_number_are_as_long() -> None:
    chart = one_number(BARS, "USD")
    ends = [sum(float(bar.x[0]) for bar in chart.figure.data if bar.y[0] == y) for y in (0, 1)]
    assert ends == [100.0, 100.0]
    assert chart.alt.replace("\u00a0", " ") == (
        "One number: Finance 100.00 USD; Engineering 100.00 USD."
    )


def test_a_name_from_data_is_never_markup_and_a_small_part_has_none() -> None:
    texts = [bar.text[0] for bar in one_number(BARS, "USD").figure.data]
    assert texts == ["CC-1", "&lt;b&gt;CC-2&lt;/b&gt;", "search", ""]


def test_a_month_without_a_cost_has_no_share() -> None:
    chart = unowned([("2026-09", None), ("2026-10", Decimal("0.25"))])
    assert chart.alt.replace("\u00a0", " ") == "Share without a team: 2026-10 25.0 %."
    assert unowned([]).empty

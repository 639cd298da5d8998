"""Ratios: the worked examples of the guide, to the digit, and what is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finops.unit_economics import ratios

REVENUE = [Decimal(n) for n in (100, 104, 109, 113, 120, 126, 131, 139, 144, 152, 158, 167)]
COST = [
    Decimal(n)
    for n in (["20", "21", "21.5", "23", "23.5", "25", "25.2", "26.5", "27.5", "28", "30", "30.6"])
]


def test_cer_1_says_that_cost_per_revenue_fell_and_revenue_outgrew_cost() -> None:
    leverage = ratios.leverage(REVENUE, COST)
    assert leverage is not None
    assert round(leverage, 4) == Decimal("1.2642")
    ends = [ratios.quotient(c, r) for c, r in zip(COST, REVENUE, strict=True)]
    assert [round(one, 4) for one in (ends[0], ends[-1]) if one] == [
        Decimal("0.2000"),
        Decimal("0.1832"),
    ]


def test_cer_1_has_a_correlation_that_says_nothing_and_is_not_told() -> None:
    found = ratios.growth_correlation(REVENUE, COST)
    assert found is not None
    assert [round(n, 4) for n in found[:3]] == [-0.3513, -0.7856, 0.3150]
    assert found.pairs == 11
    assert not found.enough


def test_twelve_pairs_are_enough() -> None:
    found = ratios.growth_correlation([*REVENUE, Decimal(170)], [*COST, Decimal(31)])
    assert found is not None
    assert found.enough


@pytest.mark.parametrize(
    ("revenue", "cost"),
    [
        ([Decimal(1)] * 13, COST),
        ([Decimal(0), *REVENUE[1:]], COST),
        (REVENUE[:3], COST[:3]),
        ([Decimal(2) ** n for n in range(12)], COST),
    ],
)
def test_a_correlation_that_cannot_be_taken_is_none(
    revenue: list[Decimal], cost: list[Decimal]
) -> None:
    assert ratios.growth_correlation(revenue, cost) is None


def test_unit_1_margins_and_rates() -> None:
    assert ratios.margin(Decimal(300000), Decimal(120000)) == Decimal("0.6")
    grown = ratios.margin(Decimal(360000), Decimal(138000))
    assert grown is not None
    assert round(grown, 6) == Decimal("0.616667")


def test_unit_1_as_a_power_law_lies_below_proportion_and_near_the_line() -> None:
    share = ratios.quotient(Decimal(90000), Decimal(120000))
    assert share == Decimal("0.75")
    power = ratios.power_cost(Decimal(120000), share, Decimal("0.2"))
    assert round(power, 2) == Decimal("137583.76")
    assert Decimal(120000) * Decimal("1.2") - 138000 == 6000
    assert ratios.power_cost(Decimal(120000), share, Decimal(0)) == 120000


def test_a_ratio_over_nothing_is_not_known() -> None:
    assert ratios.quotient(Decimal(1), Decimal(0)) is None
    assert ratios.margin(Decimal(-1), Decimal(1)) is None
    assert ratios.leverage([Decimal(1)], [Decimal(1)]) is None


def test_where_cost_fell_that_is_said_instead_of_a_leverage() -> None:
    up, down = [Decimal(1), Decimal(2)], [Decimal(2), Decimal(1)]
    assert ratios.leverage(up, down) is None
    assert ratios.leverage_said(up, down) == "cost fell"
    assert ratios.leverage_said(up[:1], down) == "not enough months"
    assert ratios.leverage_said(up, up) == ""


def test_every_figure_is_defined_once_with_its_unit() -> None:
    names = [one.name for one in ratios.DEFINITIONS]
    assert len(set(names)) == len(names)
    assert all(one.unit and one.definition.endswith(".") for one in ratios.DEFINITIONS)

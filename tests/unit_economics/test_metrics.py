"""Unit metrics: the same days on both sides, gaps that are no zeros, segments by margin.

The shop costs 100 a day and a fee of 50 a month. It takes 30 retail and 10 bulk orders a day.
"""

from __future__ import annotations

from datetime import date

from finops.core.period import BillingPeriod
from finops.ingestion.metrics import Kind
from finops.unit_economics.metrics import cost_to_serve
from finops.unit_economics.metrics import products
from finops.unit_economics.metrics import unit_cost
from finops.unit_economics.metrics import whole_points
from tests.unit_economics.bill import costs
from tests.unit_economics.bill import D
from tests.unit_economics.bill import monthly
from tests.unit_economics.bill import SHOP
from tests.unit_economics.bill import TO
from tests.unit_economics.bill import told
from tests.unit_economics.bill import units

OCTOBER = BillingPeriod(2026, 10)
LOST = (date(2026, 10, 4), date(2026, 10, 5))


def test_a_month_is_its_cost_over_its_units() -> None:
    found = unit_cost(costs(), told(units("retail", "30"), units("bulk", "10")), SHOP, OCTOBER, TO)
    assert (found.cost, found.units, found.days) == (D(3150), D(1240), 31)
    assert found.average is not None
    assert round(found.average, 6) == D("2.540323")
    assert found.whole
    assert found.revenue is None
    assert found.margin is None


def test_a_day_without_units_is_left_out_of_both_and_counted() -> None:
    found = unit_cost(
        costs(), told(units("retail", "30"), units("bulk", "10", without=LOST)), SHOP, OCTOBER, TO
    )
    assert (found.cost, found.units, found.days) == (D(2950), D(1160), 29)
    assert (found.missing, found.left_out) == (LOST, D(200))


def test_units_that_are_late_leave_the_end_of_the_month_out() -> None:
    late = tuple(date(2026, 10, day) for day in range(20, 32))
    found = unit_cost(costs(), told(units("retail", "30", without=late)), SHOP, OCTOBER, TO)
    assert (found.days, found.cost, found.units) == (19, D(1950), D(570))
    assert found.missing == late


def test_days_without_charges_are_no_cheap_days() -> None:
    through = date(2026, 10, 11)
    found = unit_cost(costs(through=through), told(units("retail", "30")), SHOP, OCTOBER, TO)
    assert (found.days, found.units, found.cost, found.left_out) == (10, D(300), D(1050), D(0))


def test_segments_share_the_cost_to_the_cent_and_are_ranked_by_margin() -> None:
    found = unit_cost(
        costs("100.01"),
        told(
            units("retail", "30"),
            units("bulk", "10"),
            monthly("retail", "5000", Kind.REVENUE),
            monthly("bulk", "700", Kind.REVENUE),
        ),
        SHOP,
        OCTOBER,
        TO,
    )
    assert [one.name for one in found.ranked()] == ["bulk", "retail"]
    assert [one.cost for one in found.segments] == [D("787.58"), D("2362.73")]
    assert found.cost == D("3150.31")
    assert [one.at_a_loss for one in found.ranked()] == [True, False]
    bulk = found.ranked()[0]
    assert bulk.margin is not None
    assert round(bulk.margin, 4) == D("-0.1251")
    assert found.revenue == D(5700)


def test_of_a_month_with_a_gap_revenue_is_units_at_their_price_or_not_known() -> None:
    retail = units("retail", "30", without=LOST)
    whole = monthly("retail", "5000", Kind.REVENUE)
    found = unit_cost(costs(), told(retail, whole), SHOP, OCTOBER, TO)
    assert found.revenue is None
    price = monthly("retail", "4.50", Kind.PRICE)
    found = unit_cost(costs(), told(retail, whole, price), SHOP, OCTOBER, TO)
    assert found.revenue == D("4.50") * 870


def test_revenue_without_a_rate_of_exchange_is_not_known() -> None:
    found = unit_cost(
        costs(),
        told(units("retail", "30"), monthly("retail", "5000", Kind.REVENUE, "EUR")),
        SHOP,
        OCTOBER,
        TO,
    )
    assert found.revenue is None


def test_a_month_nobody_speaks_of_has_no_unit_cost() -> None:
    found = unit_cost(costs(), told(units("retail", "30")), SHOP, BillingPeriod(2026, 8), TO)
    assert (found.average, found.segments, found.days) == (None, (), 0)


def test_units_by_the_month_count_once_the_month_is_over() -> None:
    by_month = told(monthly("retail", "400", Kind.UNITS, ""))
    found = unit_cost(costs(), by_month, SHOP, OCTOBER, TO)
    assert (found.units, found.cost) == (D(400), D(3150))
    early = unit_cost(costs(through=date(2026, 10, 30)), by_month, SHOP, OCTOBER, TO)
    assert (early.average, early.missing) == (None, (date(2026, 10, 1),))


def test_points_are_whole_days_of_usage_and_whole_months() -> None:
    both = told(units("retail", "30"), units("bulk", "10", without=LOST))
    days, months = whole_points(costs(), both, SHOP)
    assert len(days) == 59
    assert {(point.units, point.cost) for point in days} == {(D(40), D(100))}
    assert [(point.day, point.cost) for point in months] == [(date(2026, 9, 1), D(3000))]
    assert whole_points(costs(), both, ("shop", "visits")) == ((), ())


def test_products_are_named_once_with_their_unit() -> None:
    both = told(units("retail", "30"), units("bulk", "1"), monthly("bulk", "1", Kind.REVENUE))
    assert products(both) == (SHOP,)


def test_unit_2_the_average_hides_a_customer_served_at_a_loss() -> None:
    found = cost_to_serve([D(1000), D(500), D(0)], [(D(1500), [D(50), D(30), D(20)])], "USD")
    assert found == (D(1750), D(950), D(300))
    margins = [1 - cost / earned for cost, earned in zip(found, (4000, 1500, 200), strict=True)]
    assert [round(one, 6) for one in margins] == [D("0.5625"), D("0.366667"), D("-0.5")]
    assert sum(found) / 3 == 1000

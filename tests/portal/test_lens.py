"""Which days are compared with which."""

from __future__ import annotations

from datetime import date

from finops.core.measure import Axis
from finops.core.period import BillingPeriod
from finops.dataset import Part
from finops.focus.raw import Kind
from finops.portal.lens import Basis
from finops.portal.lens import latest_complete
from finops.portal.lens import Lens
from finops.portal.lens import spans

TODAY = date(2026, 11, 18)
OCTOBER, NOVEMBER = BillingPeriod(2026, 10), BillingPeriod(2026, 11)


def part(month: str, end: str) -> Part:
    return Part(
        kind=Kind.COST_AND_USAGE, issuer="A", account="1", month=month, source="a", import_id="1",
        path="p", rows=1, digest="d", columns=(), end_day=end,
    )  # fmt: skip


def test_a_month_that_is_in_is_compared_whole_with_a_shorter_one() -> None:
    now, before = spans(OCTOBER, [part("2026-10", "2026-11-01")], TODAY)
    assert (now.days, before.days) == (31, 30)
    assert (now.label, before.label) == ("October 2026", "September 2026")


def test_a_month_to_date_is_compared_with_as_many_days() -> None:
    now, before = spans(NOVEMBER, [part("2026-11", "2026-11-13")], TODAY)
    assert (now.days, before.days) == (12, 12)
    assert (now.label, before.label) == ("1 to 12 November 2026", "1 to 12 October 2026")


def test_thirty_days_of_march_are_compared_with_all_of_february() -> None:
    march = BillingPeriod(2026, 3)
    now, before = spans(march, [part("2026-03", "2026-03-31")], date(2026, 3, 31))
    assert (now.days, before.days) == (30, 28)


def test_a_month_that_is_charged_by_the_month_is_in() -> None:
    now, _ = spans(OCTOBER, [part("2026-10", "2026-10-02")], TODAY)
    assert now.whole
    now, _ = spans(OCTOBER, [part("2026-10", "2026-10-02")], date(2026, 10, 2))
    assert not now.whole


def test_the_portal_opens_on_the_newest_month_that_is_in() -> None:
    both = (part("2026-10", "2026-11-01"), part("2026-11", "2026-11-13"))
    assert latest_complete(both, TODAY) == OCTOBER
    assert latest_complete(both[1:], TODAY) == NOVEMBER
    assert latest_complete((), TODAY) is None


def test_a_bill_of_earlier_days_alone_does_not_make_its_month_the_newest() -> None:
    """A correction that next month's bill carries is no charge of next month."""
    both = (part("2026-09", "2026-10-01"), part("2026-10", "2026-10-01"))
    assert latest_complete(both, TODAY) == BillingPeriod(2026, 9)
    assert spans(OCTOBER, both, TODAY)[0].whole


def test_each_cost_is_asked_on_its_own_axis() -> None:
    days = (OCTOBER.start, OCTOBER.end)
    assert Lens(period=OCTOBER).query(*days).axis is Axis.CHARGE
    assert Lens(period=OCTOBER, basis=Basis.BILLED).query(*days).axis is Axis.BILLING
    assert Lens(period=OCTOBER).query(*days, measure="BilledCost").axis is None


def test_a_bill_by_day_holds_the_charges_of_that_bill() -> None:
    query = Lens(period=OCTOBER, basis=Basis.BILLED).query(OCTOBER.start, OCTOBER.end, grain="day")
    assert query.where == (("x_BillingMonth", "2026-10"),)
    assert (query.start, query.axis) == (None, Axis.CHARGE)


def test_a_currency_as_billed_narrows_to_the_charges_billed_in_it() -> None:
    query = Lens(period=OCTOBER, currency="EUR").query(OCTOBER.start, OCTOBER.end)
    assert query.where == (("BillingCurrency", "EUR"),)
    assert query.currency == "EUR"

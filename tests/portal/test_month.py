"""What a month cost, added up by hand.

A day is Compute 10.1, a hostile name 3.333333333333333333 and Disks 2, and in October twice the
whole part: 20.1, 6.333333333333333333 (the fraction stays) and 4.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.core.period import BillingPeriod
from finops.focus.columns import UNALLOCATED
from finops.portal import desk
from finops.portal import month
from finops.portal.lens import Basis
from tests.portal.conftest import OCTOBER

if TYPE_CHECKING:
    from finops.dataset import Dataset

SEPTEMBER_DAY = Decimal("15.43") + Decimal("0.003333333333333333")
OCTOBER_DAY = Decimal("30.43") + Decimal("0.003333333333333333")
NOVEMBER = replace(OCTOBER, period=BillingPeriod(2026, 11))


def test_the_parts_add_up_to_the_month_to_the_last_digit(dataset: Dataset) -> None:
    for dimension in ("ServiceName", "x_Team", "SubAccountName"):
        whole = month.parts_by(dataset, OCTOBER, dimension).whole
        assert (whole.now, whole.before) == (31 * OCTOBER_DAY, 30 * SEPTEMBER_DAY)


def test_the_days_add_up_to_the_month_on_either_basis(dataset: Dataset) -> None:
    for basis in Basis:
        days = month.by_day(dataset, replace(OCTOBER, basis=basis))
        assert len(days.now.days) == 31
        assert {number for _, number in days.now.days} == {OCTOBER_DAY}


def test_nobodys_cost_is_a_share_of_the_month(dataset: Dataset) -> None:
    line = month.share(dataset, OCTOBER, "x_Team", UNALLOCATED)
    assert abs(line.at(OCTOBER.period) - 4 / OCTOBER_DAY) < Decimal("1e-15")
    assert line.at(BillingPeriod(2026, 8)) == 0


def test_the_sentence_says_how_much_against_what_and_why(dataset: Dataset) -> None:
    told = month.sentence(dataset, OCTOBER).replace("\u00a0", " ")
    assert told.startswith(
        "**October 2026 cost 943.43 USD**, 103.8 % more than September 2026 (+97.2 % a day); "
        "Compute rose most (+320.10 USD)"
    )
    assert told.endswith("13.1 % of it has no team.")


def test_a_month_to_date_is_told_as_such(dataset: Dataset) -> None:
    told = month.sentence(dataset, NOVEMBER).replace("\u00a0", " ")
    assert told.startswith("**1 to 12 November 2026 cost ")
    assert "less than 1 to 12 October 2026;" in told


def test_a_month_with_nothing_before_says_so(dataset: Dataset) -> None:
    september = replace(OCTOBER, period=BillingPeriod(2026, 9))
    assert "there is nothing to compare it with in August 2026" in month.sentence(
        dataset, september
    )


@pytest.mark.usefixtures("at_the_desk")
def test_a_scope_without_a_charge_costs_nothing_and_says_so() -> None:
    nobody = replace(OCTOBER, filters=(("x_Team", frozenset({"nobody"})),))
    empty = desk.dataset(nobody)
    assert empty
    assert month.sentence(empty, nobody).startswith("**October 2026 cost 0.00")
    assert all(number == 0 for _, number in month.by_day(empty, nobody).now.days)

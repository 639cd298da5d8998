from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finops.demo.commitments import term
from finops.demo.company import Commitment
from finops.demo.company import load_company
from finops.demo.money import digits
from finops.demo.seasons import story

MONTHS = story(date(2026, 11, 21))
COMMITMENTS = load_company().commitments


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda one: str(one.key))
def test_a_term_is_the_same_from_whichever_month_it_is_reckoned(commitment: Commitment) -> None:
    assert len({term(commitment, month) for month in MONTHS}) == 1


def test_a_reservation_costs_its_hours_at_its_rate() -> None:
    one = next(one for one in COMMITMENTS if one.key == "delivery-1y-b")
    span = term(one, MONTHS[0])
    assert span.days == 365
    assert Decimal(digits(span.cost)) == Decimal("0.4575") * 34 * 24
    assert digits(span.committed) == str(34 * 24)


def test_one_reservation_was_bought_before_the_first_month_and_outlives_the_last() -> None:
    one = next(one for one in COMMITMENTS if one.key == "databases-3y")
    span = term(one, MONTHS[0])
    assert span.start < MONTHS[0].start
    assert span.end > MONTHS[-1].end
    assert all(len(span.within(month)) == month.period.days for month in MONTHS)


def test_a_commitment_that_starts_inside_a_month_runs_for_the_rest_of_it() -> None:
    one = next(one for one in COMMITMENTS if one.key == "savings-plan-1y")
    days = term(one, MONTHS[14]).within(MONTHS[14])
    assert len(days) == 31 - 9
    assert not term(one, MONTHS[13]).within(MONTHS[13])

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
from finops.exchange.rule import rate_rule
from finops.focus.columns import UNALLOCATED
from finops.portal import desk
from finops.portal import month
from finops.portal.lens import Basis
from tests.portal.conftest import OCTOBER

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.fixture
def euros(abroad: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """September and October with 60 and 62 EUR in them, at 1.10 and 1.20 USD."""
    monkeypatch.setenv("FINOPS_WORKSPACE", str(abroad))
    found = desk.dataset(OCTOBER)
    assert found is not None
    return found


def test_what_the_rates_moved_is_a_step_of_its_own_and_all_steps_add_up(euros: Dataset) -> None:
    """FX = 62 EUR x (1.20 - 1.10); the two euros of one day more are told at 1.10."""
    for dimension in ("ServiceName", "x_Team", "SubAccountName"):
        found = month.steps_by(euros, OCTOBER, dimension)
        assert [(step.name, step.by) for step in found.exchange] == [("FX", Decimal("6.2"))]
        assert found.whole == month.parts_by(euros, OCTOBER, dimension).whole
        assert found.whole.now == 31 * OCTOBER_DAY + Decimal("74.4")
    services = {part.name: part for part in month.steps_by(euros, OCTOBER, "ServiceName").parts}
    assert services["Hosting"].by == Decimal("2.2")
    assert services["Compute"].by == 31 * Decimal("20.1") - 30 * Decimal("10.1")


def test_month_end_rates_move_it_otherwise_and_constant_currency_not_at_all(
    euros: Dataset,
) -> None:
    ends = replace(OCTOBER, rule=rate_rule("month-end"))
    assert month.steps_by(euros, ends, "ServiceName").exchange[0].by == Decimal("9.3")
    held = replace(OCTOBER, rule=rate_rule("", "2026-09"))
    found = month.steps_by(euros, held, "ServiceName")
    assert found.exchange == ()
    assert found.whole.now == 31 * OCTOBER_DAY + Decimal("68.2")


def test_without_foreign_cost_there_is_no_step(dataset: Dataset, euros: Dataset) -> None:
    assert month.steps_by(dataset, OCTOBER, "ServiceName").exchange == ()
    dollars = replace(OCTOBER, currency="USD")
    assert month.steps_by(euros, dollars, "ServiceName").exchange == ()


def test_where_the_former_rate_is_not_known_that_is_said(euros: Dataset) -> None:
    """September has its euros, August has neither cost nor rate."""
    september = replace(OCTOBER, period=BillingPeriod(2026, 9))
    found = month.steps_by(euros, september, "ServiceName")
    assert found.exchange == ()
    assert found.said.startswith("FX is not told apart. There is no rate from EUR to USD for 2026-")

"""Tracked: the months under a contract, and what engineering made of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.core.amount import EXACT
from finops.unit_economics.attribution import Attribution
from finops.unit_economics.targets import Target
from finops.unit_economics.tracked import asking
from finops.unit_economics.tracked import engineering
from finops.unit_economics.tracked import tracked

if TYPE_CHECKING:
    from finops.unit_economics.metrics import UnitCost
    from finops.unit_economics.prepared import Prepared
    from finops.unit_economics.sources import Sources

D = Decimal
CONTRACT = Target(
    product="shop", unit="orders", month="2026-09", amount=D("0.25"), currency="USD",
    proposed_by="mei", agreed_by="amara",
)  # fmt: skip


def one_cent(before: UnitCost, after: UnitCost) -> Attribution:
    """As if engineering had saved a cent and everything else had cost it."""
    assert before.period.plus(1) == after.period
    return Attribution(D(1), D(0), D("-0.01"), D(0), D(0), D("0.01"), D(1))


def test_months_are_followed_from_the_contracts_first(october: Prepared) -> None:
    found = tracked((CONTRACT,), october, one_cent)
    assert [str(one.month.period) for one in found] == ["2026-09", "2026-10"]
    assert engineering(found) == D("-0.02")
    average = october.now.average
    assert average is not None
    assert found[-1].over == EXACT.subtract(average, D("0.25"))


def test_a_proposal_is_no_contract_and_another_currency_is_not_compared(october: Prepared) -> None:
    assert tracked((replace(CONTRACT, agreed_by=""),), october, one_cent) == ()
    (last,) = tracked((replace(CONTRACT, currency="EUR", month="2026-10"),), october, one_cent)
    assert last.over is None


def test_the_first_month_that_is_known_has_no_reason(october: Prepared) -> None:
    found = tracked((replace(CONTRACT, month="2026-01"),), october, one_cent)
    assert [one.why is None for one in found] == [True, False, False]


def test_the_dataset_says_why(of_shop: Sources, october: Prepared) -> None:
    (last,) = tracked(
        (replace(CONTRACT, month="2026-10"),), october, asking(of_shop, october.marginal)
    )
    assert last.why is not None
    assert last.why.after == october.now.average

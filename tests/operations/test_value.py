"""Value: an investment is no better than what the business counted of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finops.core.period import BillingPeriod
from finops.errors import UsageError
from finops.operations.outcomes import judge
from finops.operations.outcomes import Result
from finops.operations.value import Units
from tests.operations.room import decision

APRIL, MAY = BillingPeriod(2026, 4), BillingPeriod(2026, 5)
UNITS = Units({"checkout orders": {APRIL: Decimal(300), MAY: Decimal(372)}})


def test_a_metric_moved_by_what_its_days_do_not_explain() -> None:
    assert UNITS.moved("checkout orders", APRIL, MAY) == Decimal(62)
    assert UNITS.moved("checkout orders", APRIL, MAY.plus(1)) is None
    with pytest.raises(UsageError, match="Nobody counts 'x'"):
        UNITS.require("x")


@pytest.mark.parametrize(
    ("brought", "result"),
    [("60", Result.HIT), ("30", Result.PARTIAL), ("5", Result.MISS), (None, Result.MISS)],
)
def test_an_investment_is_judged_by_its_cost_and_by_its_value(
    brought: str | None, result: Result
) -> None:
    invest = decision(
        purpose="invest", expected=Decimal(100), value="checkout orders", value_expected=Decimal(60)
    )
    value = Decimal(brought) if brought else None
    assert judge(invest, Decimal(100), value) is result
    assert judge(invest, Decimal(200), value) is Result.MISS

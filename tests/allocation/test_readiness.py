"""Coverage of required keys, by cost and by count, with what cannot be tagged apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.allocation.readiness import Coverage
from finops.allocation.readiness import Part
from finops.allocation.readiness import readiness
from finops.allocation.readiness import trend
from finops.core.measure import Axis
from finops.core.organization import Team
from finops.core.period import BillingPeriod
from finops.core.required import Required
from finops.measures import Query

if TYPE_CHECKING:
    from finops.dataset import Dataset

APRIL = BillingPeriod(2026, 4)
BILL = Query(measures=("EffectiveCost",), period=APRIL, axis=Axis.BILLING)
TEAM = Required(key="x_Team")


def rounded(share: Decimal | None, digits: int = 6) -> Decimal | None:
    return None if share is None else round(share, digits)


@pytest.mark.parametrize("key", [TEAM, Required(key="tag:team")])
def test_what_is_not_covered_of_the_bill_by_cost_and_by_rows(mini: Dataset, key: Required) -> None:
    """MINI-1: 209.80 of 2,105.30 is 9.9655 %; 2 rows of 9 are 22.2222 %."""
    (found,) = readiness(mini, [key], BILL).keys
    assert rounded(1 - (found.by_net_cost or Decimal(0))) == Decimal("0.099655")
    assert rounded(1 - (found.by_count or Decimal(0))) == Decimal("0.222222")
    assert (found.missing.count, found.whole.count) == (2, 9)


def test_what_cannot_be_tagged_stands_apart(mini: Dataset) -> None:
    """Purchases, tax, credits, roundings, and what is unused of commitments."""
    found = dict(readiness(mini, [TEAM], BILL).untaggable)
    assert sorted(found) == ["Adjustment", "Credit", "Purchase", "Tax", "Unused commitment"]
    assert found["Unused commitment"].net == Decimal(186)
    assert (found["Credit"].gross, found["Credit"].net) == (Decimal(0), Decimal(-50))


def test_compliance_by_count_hides_what_it_is_by_cost() -> None:
    """ALL-3: 3 of 4 charges comply, and 300 of 1,000."""
    found = Coverage(
        key="tag:team",
        covered=Part(count=3, gross=Decimal(300), net=Decimal(300)),
        wrong=Part(),
        missing=Part(count=1, gross=Decimal(700), net=Decimal(700)),
    )
    assert (found.by_count, found.by_cost) == (Decimal("0.75"), Decimal("0.3"))


def test_credits_never_push_coverage_past_the_whole_unseen() -> None:
    """100 covered, and a refund of 20 without a team: 125 % net, and 100 % of what costs."""
    refund = Part(count=1, net=Decimal(-20))
    covered = Part(count=1, gross=Decimal(100), net=Decimal(100))
    found = Coverage(key="x_Team", covered=covered, wrong=Part(), missing=refund)
    assert (found.by_cost, found.by_net_cost) == (Decimal(1), Decimal("1.25"))


def test_a_value_that_is_not_allowed_is_named_and_does_not_cover(mini: Dataset) -> None:
    found = readiness(mini, [Required(key="tag:env", values=("prod",))], BILL).keys[0]
    assert found.values == ("dev",)
    assert found.wrong.net == Decimal(90)


def test_a_team_that_is_not_declared_does_not_cover(mini: Dataset) -> None:
    organization = replace(mini.organization, teams=(Team(id="search", name="Search"),))
    found = readiness(replace(mini, organization=organization), [TEAM], BILL).keys[0]
    assert found.values == ("data", "ml", "platform")


def test_by_team_and_cost_center_where_nothing_is_required(mini: Dataset) -> None:
    found = readiness(mini, (), BILL)
    assert [one.key for one in found.keys] == ["x_Team", "x_CostCenter"]
    assert found.weakest in found.keys


def test_the_unowned_share_is_told_month_by_month(mini: Dataset) -> None:
    span = replace(BILL, period=None, axis=Axis.CHARGE, start=APRIL.plus(-1).start, end=APRIL.end)
    months = dict(trend(mini, span))
    assert list(months) == ["2026-03", "2026-04"]
    assert months["2026-03"] is None
    assert rounded(months["2026-04"], 4) == Decimal("0.2469")

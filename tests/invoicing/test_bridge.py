from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.invoicing.bridge import bridge
from tests.invoicing.bill import part

if TYPE_CHECKING:
    from finops.invoicing.charged import Slice

MONTHS = ("2026-03", "2026-04", "2026-05")
amounts = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=6)


@st.composite
def slices(draw: st.DrawFn) -> Slice:
    """Any charges: also such as no provider should write."""
    return part(
        draw(amounts),
        draw(amounts | st.just(Decimal(0))),
        currency=draw(st.sampled_from(("USD", "EUR"))),
        category=draw(st.sampled_from(("Usage", "Purchase", "Tax", "Credit", "Adjustment"))),
        status=draw(st.sampled_from(("", "Used", "Unused"))),
        month=draw(st.sampled_from(MONTHS)),
        charged=draw(st.sampled_from(MONTHS)),
        correction=draw(st.booleans()),
    )


@settings(deadline=None)
@given(st.lists(slices(), max_size=12), st.sampled_from(MONTHS))
def test_a_bridge_leads_from_what_was_billed_to_what_was_incurred(
    found: list[Slice], month: str
) -> None:
    """R4 and R7, in each currency."""
    here = [one for one in found if one.month == month]
    there = [one for one in found if one.charged == month]
    steps = bridge(here, there)
    for currency in {one.currency for one in (*here, *there)}:
        mine = [one for one in steps if one.currency == currency]
        assert mine[0].amount == total(one.billed for one in here if one.currency == currency)
        assert mine[-1].amount == total(one.effective for one in there if one.currency == currency)
        assert total(one.amount for one in mine[:-1]) == mine[-1].amount


@settings(deadline=None)
@given(st.lists(slices(), max_size=12))
def test_over_all_months_as_much_is_invoiced_as_is_incurred(found: list[Slice]) -> None:
    """R6, of charges without amortization."""
    plain = [part(one.billed, month=one.month, charged=one.charged) for one in found]
    starts, ends = Decimal(0), Decimal(0)
    for month in MONTHS:
        here = [one for one in plain if one.month == month]
        steps = bridge(here, [one for one in plain if one.charged == month])
        starts += steps[0].amount if steps else 0
        ends += steps[-1].amount if steps else 0
    assert starts == ends


def test_each_way_in_which_cost_moves_has_its_own_step() -> None:
    here = [
        part("3650", "0", category="Purchase", commitment="r"),
        part("0", "240", status="Used", commitment="r"),
        part("0", "60", status="Unused", commitment="r"),
        part("10", "4", category="Tax"),
        part("12", "12", category="Purchase"),
    ]
    moved = {one.step: one.amount for one in bridge(here, here) if one.amount}
    assert moved == {
        "Billed": 3672,
        "Commitment purchases": -3650,
        "Commitment used": 240,
        "Commitment unused": 60,
        "Tax timing": -6,
        "Effective": 316,
    }


def test_without_charges_there_is_no_bridge() -> None:
    assert bridge((), ()) == ()


def test_ten_lines_of_a_cost_and_usage_report_told_as_focus_cost_what_they_amortize_to() -> None:
    """CUR-1 of the definitions: 5,089 unblended are 1,665 amortized."""
    plan, reserved = {"commitment": "sp"}, {"commitment": "ri"}
    lines = [
        part("720", "0", category="Purchase", **plan),  # SavingsPlanRecurringFee
        part("0", "600", status="Used", **plan),  # SavingsPlanCoveredUsage 950, Negation -950
        part("0", "120", status="Unused", **plan),
        part("0", "0", category="Purchase", **plan),  # SavingsPlanUpfrontFee
        part("0", "240", status="Used", **reserved),  # DiscountedUsage
        part("74", "0", category="Purchase", **reserved),  # RIFee
        part("0", "60", status="Unused", **reserved),
        part("3650", "0", category="Purchase", **reserved),  # Fee
        part("380"),
        part("-20", category="Credit"),  # EdpDiscount
        part("285", category="Tax"),
    ]
    steps = bridge(lines, lines)
    assert [steps[0].amount, steps[-1].amount] == [5089, 1665]

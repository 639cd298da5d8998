from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.core.amount import total
from finops.invoicing import prices
from finops.invoicing.prices import Priced
from finops.invoicing.prices import walked
from tests.faults.bill import costing
from tests.invoicing.bill import bring
from tests.invoicing.bill import covered
from tests.invoicing.bill import purchase
from tests.invoicing.bill import report

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from finops.access.workspace import Workspace

amounts = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=6)
priced = st.builds(
    Priced,
    currency=st.sampled_from(("USD", "EUR")),
    category=st.sampled_from(("Usage", "Usage", "Purchase", "Tax", "Credit", "Adjustment")),
    status=st.sampled_from(("", "Used", "Unused")),
    pricing=st.sampled_from(("Standard", "Dynamic", "Committed", "")),
    missing=st.sampled_from(("", "", prices.NO_LIST, prices.NO_CONTRACTED)),
    listed=amounts,
    contracted=amounts,
    effective=amounts,
)


def steps(workspace: Workspace) -> dict[str, Decimal]:
    return {one.step: one.amount for one in report(workspace).prices if one.amount}


@settings(deadline=None)
@given(st.lists(priced, max_size=12))
def test_from_list_to_effective_every_step_adds_up(found: list[Priced]) -> None:
    """R7, in each currency."""
    told = walked(found)
    for currency in {one.currency for one in found}:
        mine = [one for one in told if one.currency == currency]
        assert (mine[0].step, mine[-1].step) == (prices.LIST, prices.EFFECTIVE)
        assert total(one.amount for one in mine[:-1]) == mine[-1].amount
        assert mine[-1].amount == total(one.effective for one in found if one.currency == currency)


def test_each_way_to_pay_less_than_list_has_its_own_step(opened: Workspace, tmp_path: Path) -> None:
    usual = {"ListCost": "10", "ContractedCost": "9"}
    bring(
        opened,
        tmp_path / "bill.csv",
        [
            costing("8", **usual),
            costing("4", **usual, PricingCategory="Dynamic"),
            covered("6", "Used", **usual),
            covered("2", "Unused", ListCost="5", ContractedCost="5"),
            purchase("100", ListCost="100", ContractedCost="100"),
            costing("1", ChargeCategory="Tax", PricingCategory="", ListCost="1"),
        ],
    )
    assert steps(opened) == {
        "List": 30,
        "Negotiated discounts": -2,
        "Commitment benefit": -3,
        "Spot": -6,
        "Other price differences": -1,
        "Unused commitment": 2,
        "Tax": 1,
        "Effective": 21,
    }


def test_a_price_that_is_missing_is_unknown_and_no_discount(
    opened: Workspace, tmp_path: Path
) -> None:
    """Alike in all but the price: that one of two is missing hides in no sum."""
    known = {"ListCost": "10", "ContractedCost": "10", "BillingCurrency": "USD"}
    none = {"ListCost": "", "ContractedCost": "8"}
    nothing = {"ListCost": "10", "ContractedCost": ""}
    bring(
        opened,
        tmp_path / "bill.csv",
        [costing("9", **known), costing("7", **none), costing("5", **nothing)],
    )
    assert steps(opened) == {
        "List": 10,
        "Other price differences": -1,
        "List price unknown": 7,
        "Contracted price unknown": 5,
        "Effective": 21,
    }


def test_a_price_of_zero_for_what_was_paid_for_is_missing(
    opened: Workspace, tmp_path: Path
) -> None:
    """As Azure writes it for reservations and the marketplace."""
    bring(opened, tmp_path / "bill.csv", [costing("9", ListCost="0", ContractedCost="0")])
    assert steps(opened) == {"List price unknown": 9, "Effective": 9}

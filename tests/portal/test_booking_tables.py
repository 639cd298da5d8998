"""Cost centers by period add up and have names; what every one lacks is said once."""

from __future__ import annotations

from decimal import Decimal

from finops.core.measure import Axis
from finops.invoicing.recharge import NO_CENTER
from finops.invoicing.recharge import Recharged
from finops.invoicing.recharge import Waiting
from finops.measures import Answer
from finops.measures.receipt import Receipt
from finops.portal.booking_tables import common
from finops.portal.booking_tables import pivoted
from finops.portal.booking_tables import waiting

COLUMNS = ("fiscal_period", "x_CostCenter", "x_GeneralLedgerAccount", "EffectiveCost")


def test_the_pivot_adds_up() -> None:
    rows = (
        ("FY27 P01", "CC-1", "6100", Decimal(3)),
        ("FY27 P02", "CC-1", "6100", Decimal(4)),
        ("FY27 P02", "CC-2", "6100", Decimal(5)),
    )
    receipt = Receipt(
        snapshot="", imports=(), charges=3, sql=(), rates=(), rate_rule="", data_through=""
    )
    answer = Answer(
        snapshot="",
        axis=Axis.CHARGE,
        currency="USD",
        columns=COLUMNS,
        rows=rows,
        total={"EffectiveCost": Decimal(12)},
        receipt=receipt,
    )
    table = pivoted(answer, "Effective cost", {"CC-1": "CC-1 Storefront"})
    assert table.columns["Cost center"] == ["CC-1 Storefront", "CC-2", "All"]
    assert table.columns["FY27 P01 (USD)"] == [3, None, 3]
    assert table.columns["FY27 P02 (USD)"] == [4, 5, 9]


def test_what_everybody_lacks_is_said_once_and_what_one_lacks_beside_it() -> None:
    found = Recharged(
        currency="USD",
        population=Decimal(110),
        waiting=(
            Waiting(cost_center="CC-1", amount=Decimal(60), lacks=("the month is open",)),
            Waiting(cost_center="CC-2", amount=Decimal(40), lacks=("the month is open", "no yes")),
            Waiting(cost_center="UNALLOCATED", amount=Decimal(10), lacks=(NO_CENTER,)),
        ),
    )
    assert common(found.waiting) == ("the month is open",)
    table = waiting(found, {"CC-1": "CC-1 Storefront"})
    assert table.columns["Cost center"] == ["CC-1 Storefront", "CC-2", "UNALLOCATED"]
    assert table.columns["What is missing"] == ["nothing else", "no yes", NO_CENTER]

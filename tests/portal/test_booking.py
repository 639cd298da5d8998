"""The pivot has a row for each cost center and account, and their sum last."""

from __future__ import annotations

from decimal import Decimal

from finops.core.measure import Axis
from finops.measures import Answer
from finops.measures.receipt import Receipt
from finops.portal.booking import pivoted

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
    table = pivoted(answer, "Effective cost")
    assert table.columns["Cost center"] == ["CC-1", "CC-2", "All"]
    assert table.columns["FY27 P01 (USD)"] == [3, None, 3]
    assert table.columns["FY27 P02 (USD)"] == [4, 5, 9]

"""Costs: by product and day, without what is shown apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finops.core.measure import Axis
from finops.measures import Answer
from finops.measures.receipt import Receipt
from finops.unit_economics.costs import costs_of

RECEIPT = Receipt(snapshot="1-a", imports=(), charges=0, sql=(), rates=())


def answer(*rows: tuple[object, ...]) -> Answer:
    return Answer(
        snapshot="1-a",
        axis=Axis.CHARGE,
        currency="USD",
        columns=("day", "x_Product", "ChargeCategory", "EffectiveCost"),
        rows=rows,
        total={},
        receipt=RECEIPT,
    )


def test_credits_and_tax_stay_apart_and_fees_are_no_usage() -> None:
    day = date(2026, 10, 1)
    found = costs_of(
        answer(
            ("2026-10-01", "shop", "Usage", Decimal(10)),
            ("2026-10-01", "shop", "Purchase", Decimal(5)),
            ("2026-10-01", "shop", "Credit", Decimal(-3)),
            ("2026-10-01", "shop", "Tax", Decimal(2)),
            ("2026-10-02", "pay", "Usage", Decimal(1)),
            ("2026-10-02", "pay", "Usage", None),
        )
    )
    assert found.days["shop"] == {day: Decimal(15)}
    assert found.usage["shop"] == {day: Decimal(10)}
    assert found.through == date(2026, 10, 3)
    assert found.of("shop", [day, date(2026, 10, 9)]) == 15
    assert found.of("", [day, date(2026, 10, 2)]) == 16


def test_nothing_asked_is_nothing_known() -> None:
    assert costs_of(answer()).days == {}

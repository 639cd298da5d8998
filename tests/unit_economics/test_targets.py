"""Targets: proposed by one side, agreed by the other; and whose doing a change was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.core.amount import total
from finops.core.period import BillingPeriod
from finops.errors import Conflict
from finops.errors import UsageError
from finops.measures.bridge import bridge
from finops.measures.bridge import Driver
from finops.measures.bridge import Key
from finops.measures.bridge import Observed
from finops.measures.bridge import Terms
from finops.measures.receipt import Receipt
from finops.measures.variance import Variance
from finops.measures.window import Window
from finops.unit_economics.metrics import Segment
from finops.unit_economics.metrics import UnitCost
from finops.unit_economics.targets import agree
from finops.unit_economics.targets import attribute
from finops.unit_economics.targets import holding
from finops.unit_economics.targets import propose
from finops.unit_economics.targets import Target
from finops.unit_economics.targets import targets

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

D = Decimal
AT = datetime(2026, 11, 2, tzinfo=UTC)
SHOP = ("shop", "orders")
TARGET = Target(product="shop", unit="orders", month="2026-07", amount=D("0.16"), currency="USD")


def put(workspace: Workspace, who: str, target: Target, *, agreed: bool = False) -> None:
    command = agree if agreed else propose
    command(workspace.store, actor=local_actor(who), at=AT, origin="cli", target=target)


def test_it_is_a_contract_once_somebody_else_agreed(opened: Workspace) -> None:
    put(opened, "mei", TARGET)
    assert holding(targets(opened), SHOP, "2026-10") is None
    put(opened, "amara", TARGET, agreed=True)
    found = holding(targets(opened), SHOP, "2026-10")
    assert found is not None
    assert (found.proposed_by, found.agreed_by, found.amount) == ("mei", "amara", D("0.16"))
    assert holding(targets(opened), SHOP, "2026-06") is None


def test_nobody_agrees_with_themselves_or_to_another_amount(opened: Workspace) -> None:
    put(opened, "mei", TARGET)
    with pytest.raises(Conflict, match="somebody other than who proposed it"):
        put(opened, "mei", TARGET, agreed=True)
    with pytest.raises(Conflict, match=r"No target of 0\.15 is proposed"):
        put(opened, "amara", replace(TARGET, amount=D("0.15")), agreed=True)


@pytest.mark.parametrize("wrong", [{"amount": D(0)}, {"month": "July"}])
def test_a_target_is_an_amount_above_zero_from_a_month(
    opened: Workspace, wrong: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        put(opened, "mei", replace(TARGET, **wrong))  # type: ignore[arg-type]


def month(number: int, cost: Decimal, units: Decimal) -> UnitCost:
    return UnitCost(
        product="shop", unit="orders", period=BillingPeriod(2026, number), currency="USD", days=30,
        missing=(), left_out=D(0), segments=(Segment("", units, None, cost),),
    )  # fmt: skip


def test_the_parts_of_a_change_add_up_and_efficiency_stands_alone() -> None:
    """1000 hours at 1 for 1000 orders; then 1200 at 1.10 (500 of them at 2.20) for 1100.

    Demand has 1100 hours cost 1100: a unit still costs 1. 100 hours more are engineering's:
    100 / 1100.
    """
    old = [Observed(Key(sku="a", unit="h"), D(600), D(600), D(600)),
           Observed(Key(sku="b", unit="h"), D(400), D(400), D(400))]  # fmt: skip
    new = [Observed(Key(sku="a", unit="h"), D(770), D(770), D(700)),
           Observed(Key(sku="b", unit="h"), D(550), D(550), D(500))]  # fmt: skip
    driver = Driver("orders", D(1000), D(1100))
    found = Variance(
        measure="EffectiveCost", currency="USD",
        before=Window(date(2026, 9, 1), date(2026, 10, 1)),
        after=Window(date(2026, 10, 1), date(2026, 10, 31)),
        start=D(1000), end=D(1320), contributions=bridge(old, new, Terms((30, 30), driver)),
        names={}, notes=(), receipt=Receipt(snapshot="", imports=(), charges=0, sql=()),
    )  # fmt: skip
    told = attribute(month(9, D(1000), D(1000)), month(10, D(1320), D(1100)), found, driver)
    assert told is not None
    assert total(told[:-1]) == told.after == D("1.2")
    assert (round(told.demand, 6), round(told.efficiency, 6)) == (D(0), D("0.090909"))
    assert (round(told.rate, 6), told.mix) == (D("0.109091"), D(0))
    assert not told.rest.quantize(D("1e-9"))
    assert attribute(month(9, D(0), D(0)), month(10, D(1), D(1)), found, driver) is None

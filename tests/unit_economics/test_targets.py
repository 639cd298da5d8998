"""Targets: proposed by one side, agreed by the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.errors import Conflict
from finops.errors import UsageError
from finops.unit_economics.targets import agree
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

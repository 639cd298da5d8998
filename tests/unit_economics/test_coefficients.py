"""Coefficients: declared with a reason, labelled, and the later one holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.errors import UsageError
from finops.unit_economics.coefficients import Coefficient
from finops.unit_economics.coefficients import declare
from finops.unit_economics.coefficients import declared
from finops.unit_economics.coefficients import edited
from finops.unit_economics.model import Method
from finops.unit_economics.model import unknown

if TYPE_CHECKING:
    from finops.access.workspace import Workspace

AT = datetime(2026, 11, 2, tzinfo=UTC)
SAID = Coefficient(
    product="shop",
    unit="orders",
    name="variable",
    amount=Decimal("0.0015"),
    currency="USD",
    reason="Load test of October",
)


def keep(workspace: Workspace, said: Coefficient) -> None:
    declare(workspace.store, actor=local_actor("mei"), at=AT, origin="cli", said=said)


def test_what_is_declared_holds_until_it_is_taken_back(opened: Workspace) -> None:
    keep(opened, SAID)
    keep(opened, replace(SAID, amount=Decimal("0.002")))
    (found,) = declared(opened, None)
    assert (found.amount, found.actor, found.reason) == (
        Decimal("0.002"), "mei", "Load test of October",
    )  # fmt: skip
    keep(opened, replace(SAID, amount=None))
    assert declared(opened, None) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "needs a reason"),
        ({"amount": Decimal(-1)}, "variable -1 is no coefficient"),
        ({"name": "luck"}, "luck 0.0015 is no coefficient"),
    ],
)
def test_without_reason_or_sense_nothing_is_kept(
    opened: Workspace, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        keep(opened, replace(SAID, **wrong))  # type: ignore[arg-type]
    assert declared(opened, None) == ()


def test_a_model_says_that_it_was_declared_and_by_whom() -> None:
    fit = unknown("Too few days.")
    said = replace(SAID, actor="mei")
    found = edited(fit, said, cost=Decimal(120000), units=Decimal(60_000_000))
    assert (found.method, found.variable) == (Method.DECLARED, Decimal("0.0015"))
    assert found.said == (
        "Declared by mei, not measured: variable 0.0015 USD. Reason: Load test of October",
        "Not used: Too few days.",
    )


def test_a_declared_fixed_part_leaves_the_rest_to_the_units() -> None:
    fixed = replace(SAID, name="fixed", amount=Decimal(30000))
    found = edited(unknown(""), fixed, cost=Decimal(120000), units=Decimal(60_000_000))
    assert found.variable == Decimal("0.0015")
    none = edited(unknown(""), fixed, cost=Decimal(10), units=Decimal(0))
    assert none.variable == 0

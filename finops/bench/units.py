"""Units: the bill of the benchmark sells something, so that the levers have what to work on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.core.period import BillingPeriod
from finops.ingestion.metrics import add_metrics
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from finops.ingestion.metrics import metrics_of
from finops.unit_economics.coefficients import Coefficient
from finops.unit_economics.coefficients import declare
from finops.unit_economics.coefficients import VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

ORDERS = "orders"
_A_DAY, _SWING = 1000, 7


def sell(folder: Path) -> None:
    """Count units for every day of every month of a workspace, once, and declare what one adds.

    A month is too short for a fit, so the benchmark says it as a person would.
    """
    workspace = open_workspace(folder)
    try:
        snapshot = workspace.snapshot()
        if snapshot and not metrics_of(workspace, snapshot):
            _sell(workspace, sorted({part.month for part in snapshot.charges}))
    finally:
        workspace.close()


def _sell(workspace: Workspace, months: list[str]) -> None:
    who = {"actor": local_actor("bench"), "at": clock.now(), "origin": "bench"}
    counted = tuple(_day(month, n) for month in months for n in range(_days(month)))
    add_metrics(workspace.store, **who, records=counted, file="bench")  # type: ignore[arg-type]
    said = Coefficient(
        product="",
        unit=ORDERS,
        name=VARIABLE,
        amount=Decimal("0.05"),
        currency="USD",
        reason="The benchmark says so.",
    )
    declare(workspace.store, **who, said=said)  # type: ignore[arg-type]


def _days(month: str) -> int:
    return BillingPeriod.parse(month).days


def _day(month: str, place: int) -> Metric:
    day = BillingPeriod.parse(month).start + timedelta(days=place)
    units = Decimal(_A_DAY + place % _SWING)
    return Metric(day=day, product="", segment="", unit=ORDERS, amount=units, kind=Kind.UNITS)

"""A shop that costs 20 a day and 0.10 an order: three months of it, in a workspace of its own.

Orders are 100 a day, 120 on Fridays, 140 on Saturdays, and a few more or less each day; one in
five is bulk, which earns less than it costs.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from finops.access import clock
from finops.access.actor import local_actor
from finops.access.workspace import make_workspace
from finops.access.workspace import open_workspace
from finops.ingestion.metrics import add_metrics
from finops.ingestion.metrics import Grain
from finops.ingestion.metrics import Kind
from finops.ingestion.metrics import Metric
from tests.pages import bills

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MONTHS = ("2026-08", "2026-09", "2026-10")
BUSY = {4: 20, 5: 40}
PRICES = {"bulk": "0.12", "retail": "0.60"}


def orders(day: date) -> int:
    """How many orders a day has."""
    return 100 + BUSY.get(day.weekday(), 0) + day.toordinal() * 7 % 5


def sold(folder: Path) -> Path:
    """The workspace; today is 18 November 2026."""
    workspace = make_workspace(folder / "shop")
    (folder / "shop" / "finops.toml").write_text(f"today = {bills.TODAY}\n")
    for month in MONTHS:
        rows = [row for row in bills.charges(month) if row["ServiceName"] != bills.HOSTILE]
        charged = [_charged(row) for row in rows]
        bills.bring(workspace, bills.write(folder / f"shop-{month}.csv", charged))
    workspace.close()
    count(folder / "shop", orders)
    return folder / "shop"


def count(home: Path, orders: Callable[[date], int]) -> None:
    """Say how many orders each day had; what was said of a day before no longer holds."""
    workspace = open_workspace(home)
    add_metrics(
        workspace.store,
        actor=local_actor(),
        at=clock.now(),
        origin="",
        records=tuple(_metrics(orders)),
        file="metrics.csv",
    )
    workspace.close()


def _charged(row: dict[str, str]) -> dict[str, str]:
    day = date.fromisoformat(row["ChargePeriodStart"][:10])
    cost = f"{Decimal(orders(day)) / 10}" if row["ServiceName"] == "Compute" else "20"
    costs = dict.fromkeys(("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"), cost)
    return row | costs | {"Tags": '{"product": "shop", "env": "prod"}'}


def _metrics(orders: Callable[[date], int]) -> list[Metric]:
    found = []
    for n in range(92):
        day = date(2026, 8, 1) + timedelta(days=n)
        bulk = orders(day) // 5
        for segment, units in (("bulk", bulk), ("retail", orders(day) - bulk)):
            found.append(_metric(day, segment, Decimal(units), Kind.UNITS))
        if day.day == 1:
            for segment, price in PRICES.items():
                found.append(_metric(day, segment, Decimal(price), Kind.PRICE))
    return found


def _metric(day: date, segment: str, amount: Decimal, kind: Kind) -> Metric:
    return Metric(
        day=day,
        product="shop",
        segment=segment,
        unit="orders",
        amount=amount,
        kind=kind,
        currency="USD" if kind is Kind.PRICE else "",
        grain=Grain.MONTH if kind is Kind.PRICE else Grain.DAY,
    )

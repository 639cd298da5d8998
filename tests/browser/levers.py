"""A shop in which every lever has something to work on: its workspace, and an older scenario."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.access.workspace import open_workspace
from finops.unit_economics.levers import Levers
from finops.unit_economics.scenarios import save
from finops.unit_economics.scenarios import Scenario
from tests.pages import bills
from tests.unit_economics import shop

if TYPE_CHECKING:
    from pathlib import Path

COVERED = {
    "ContractedCost": "8",
    "ListCost": "8",
    "BilledCost": "0",
    "PricingCategory": "Committed",
    "CommitmentDiscountId": "plan-1",
    "CommitmentDiscountCategory": "Usage",
    "CommitmentDiscountType": "Reservation",
    "CommitmentDiscountStatus": "Used",
}
BARE = dict.fromkeys(COVERED, "") | {"PricingCategory": "Standard"}
MORE: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("Test machines", "4", '{"product": "shop", "env": "dev"}', {}),
    ("Shared network", "10", "", {}),
    ("Reserved machines", "6", '{"product": "shop", "env": "prod"}', COVERED),
)
"""What the shop has beside its machines and disks, each day: outside production, nobody's, and
what a commitment covers at a quarter less."""
OLD = Scenario(
    name="Spring plan", product="shop", unit="orders", month="2026-09", snapshot="earlier",
    currency="USD", levers=Levers(),
    figures=(("actual_cost", "900"), ("scenario_cost", "880")), assumptions=("As it was.",),
)  # fmt: skip


def rich(folder: Path) -> Path:
    """The workspace; today is 18 November 2026, and the scenario is of September."""
    made = shop.sold(folder)
    workspace = open_workspace(made)
    for month in shop.MONTHS:
        rows = [row for row in bills.charges(month) if row["ServiceName"] == "Disks"]
        more = [_charge(row, *one) for row in rows for one in MORE]
        bills.bring(workspace, bills.write(folder / f"more-{month}.csv", more))
    call = {"actor": local_actor("mei"), "at": datetime(2026, 10, 2, tzinfo=UTC), "origin": "cli"}
    save(workspace.store, scenario=OLD, **call)  # type: ignore[arg-type]
    workspace.close()
    return made


def _charge(
    row: dict[str, str], service: str, cost: str, tags: str, more: dict[str, str]
) -> dict[str, str]:
    costs = dict.fromkeys(("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"), cost)
    other = {"InvoiceIssuerName": "Other Cloud", "ServiceName": service, "Tags": tags}
    return row | BARE | other | costs | more

"""A bill of April with a gp2 disk, an address, a machine of staging, and a disk in euros."""

from __future__ import annotations

import json
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.core.exchange_rate import ExchangeRate
from finops.exchange.rates import add_rates
from finops.ingestion.inventory import bring_inventory
from tests.corpus import charge
from tests.corpus import written
from tests.corpus.workspaces import AT
from tests.corpus.workspaces import brought
from tests.corpus.workspaces import copied
from tests.corpus.workspaces import template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from tests.corpus import Charge

__all__ = ["template"]

DAY = date(2026, 5, 1)
WHO: dict[str, Any] = {"actor": local_actor("ann"), "at": AT, "origin": "test"}
EC2 = "arn:aws:ec2:eu-west-1:1"
AZURE = "/subscriptions/1/resourceGroups/RG/providers/Microsoft.Compute/disks/old"
USED = (
    (f"{EC2}:volume/vol-0ab12345", "EBS:VolumeUsage.gp2", "1.00", "prod", "USD"),
    (f"{EC2}:elastic-ip/eipalloc-0ab12345", "PublicIPv4:IdleAddress", "0.12", "prod", "USD"),
    (f"{EC2}:instance/i-0ab12345", "BoxUsage:m7i.large", "7.00", "staging", "USD"),
    (AZURE, "P30 LRS Disk", "3.00", "prod", "EUR"),
)


def rows() -> Iterator[Charge]:
    """One charge a day and resource in April."""
    for start in (date(2026, 4, 1) + timedelta(days=day) for day in range(30)):
        for resource, meter, cost, environment, currency in USED:
            provider = "Microsoft" if currency == "EUR" else "AWS"
            yield charge(
                cost,
                ChargePeriodStart=f"{start}T00:00:00Z",
                ChargePeriodEnd=f"{start + timedelta(days=1)}T00:00:00Z",
                ResourceId=resource,
                ResourceName=resource.rpartition("/")[2],
                SkuMeter=meter,
                ProviderName=provider,
                InvoiceIssuerName=provider,
                BillingAccountId=currency,
                RegionId="eu-west-1",
                BillingCurrency=currency,
                PricingQuantity="24",
                Tags=json.dumps({"team": "search", "environment": environment}),
            )


@pytest.fixture(scope="module")
def april(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The bill, its rate, and what the tools of both clouds printed on the last of April."""
    folder = tmp_path_factory.mktemp("april")
    opened = copied(template, folder / "own")
    rate = ExchangeRate("EUR", "USD", "average", "2026-04", "", Decimal(2))
    add_rates(opened.store, rates=(rate,), file="rates.csv", **WHO)
    file = folder / "april.csv"
    file.write_text(written(rows()))
    brought(opened, file)
    printed = [{"id": AZURE.lower(), "type": "Microsoft.Compute/disks", "diskState": "Unattached"}]
    (folder / "disks.json").write_text(json.dumps(printed))
    bring_inventory(opened, folder / "disks.json", day=DAY - timedelta(days=1), who=WHO)
    yield opened
    opened.close()

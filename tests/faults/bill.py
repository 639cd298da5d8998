"""A small bill of two accounts, written as FOCUS 1.2 csv."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

USUAL = {
    "AvailabilityZone": "",
    "BilledCost": "1",
    "BillingAccountId": "1",
    "BillingAccountName": "payer",
    "BillingAccountType": "Billing account",
    "BillingCurrency": "USD",
    "BillingPeriodEnd": "2026-05-01T00:00:00Z",
    "BillingPeriodStart": "2026-04-01T00:00:00Z",
    "ChargeCategory": "Usage",
    "ChargeClass": "",
    "ChargeDescription": "hours",
    "ChargeFrequency": "Usage-Based",
    "ChargePeriodEnd": "2026-04-02T00:00:00Z",
    "ChargePeriodStart": "2026-04-01T00:00:00Z",
    "CommitmentDiscountId": "",
    "CommitmentDiscountStatus": "",
    "ConsumedQuantity": "1",
    "ConsumedUnit": "Hours",
    "ContractedCost": "1",
    "ContractedUnitPrice": "1",
    "EffectiveCost": "1",
    "InvoiceId": "I-1",
    "InvoiceIssuerName": "Cloud",
    "ListCost": "1",
    "ListUnitPrice": "1",
    "PricingCategory": "Standard",
    "PricingQuantity": "1",
    "PricingUnit": "Hours",
    "ProviderName": "Cloud",
    "PublisherName": "Cloud",
    "RegionId": "eu-1",
    "RegionName": "Europe",
    "ResourceId": "r-1",
    "ResourceName": "",
    "ResourceType": "VM",
    "ServiceCategory": "Compute",
    "ServiceName": "VM",
    "ServiceSubcategory": "Virtual Machines",
    "SkuId": "s",
    "SkuPriceId": "s.1",
    "SubAccountId": "a",
    "SubAccountName": "a",
    "Tags": "",
}
"""A charge that every rule accepts."""

COSTS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")


def costing(cost: str, **other: str) -> dict[str, str]:
    """A charge whose four costs are the same."""
    return {**USUAL, **dict.fromkeys(COSTS, cost), **other}


def write(path: Path, charges: Iterable[dict[str, str]]) -> Path:
    """Write charges as a csv file."""
    rows = list(charges)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def bill(path: Path, *, charges: int = 200, cost: str = "1.10", month: int = 4) -> Path:
    """Write so many charges of one month, by turns of two billing accounts."""
    start = f"2026-{month:02}-01T00:00:00Z"
    end = f"2026-{month + 1:02}-01T00:00:00Z"
    day = f"2026-{month:02}-02T00:00:00Z"
    return write(
        path,
        (
            costing(
                str(Decimal(cost) + number % 7),
                BillingAccountId=str(number % 2),
                BillingPeriodStart=start,
                BillingPeriodEnd=end,
                ChargePeriodStart=start,
                ChargePeriodEnd=day,
                ResourceId=f"r-{number % 11}",
                Tags=f'{{"team": "t{number % 3}"}}',
            )
            for number in range(charges)
        ),
    )


def total(*, charges: int = 200, cost: str = "1.10") -> Decimal:
    """What such a bill adds up to."""
    return sum((Decimal(cost) + number % 7 for number in range(charges)), Decimal(0))

"""Bill: a FOCUS 1.2 file of any number of lines, like a month of one provider's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from finops.focus import columns

if TYPE_CHECKING:
    from pathlib import Path

_MONEY = "(hash(i) % 1000003) * 0.000001"
_VALUES = {
    "BilledCost": f"CAST({_MONEY} AS DECIMAL(28, 12))",
    "EffectiveCost": f"CAST({_MONEY} AS DECIMAL(28, 12))",
    "ContractedCost": f"CAST({_MONEY} * 1.02 AS DECIMAL(28, 12))",
    "ListCost": f"CAST({_MONEY} * 1.11 AS DECIMAL(28, 12))",
    "ContractedUnitPrice": "CAST((hash(i % 199) % 977) * 0.0001 AS DECIMAL(18, 8))",
    "ListUnitPrice": "CAST((hash(i % 199) % 977) * 0.00011 AS DECIMAL(18, 8))",
    "PricingQuantity": "CAST((hash(i + 1) % 100000) * 0.001 AS DECIMAL(18, 6))",
    "ConsumedQuantity": "CAST((hash(i + 1) % 100000) * 0.001 AS DECIMAL(18, 6))",
    "BillingPeriodStart": "'2026-05-01T00:00:00Z'",
    "BillingPeriodEnd": "'2026-06-01T00:00:00Z'",
    "ChargePeriodStart": "'2026-05-' || lpad(CAST(1 + i % 31 AS VARCHAR), 2, '0') || 'T00:00:00Z'",
    "ChargePeriodEnd": "CASE WHEN i % 31 = 30 THEN '2026-06-01T00:00:00Z' ELSE "
    "'2026-05-' || lpad(CAST(2 + i % 31 AS VARCHAR), 2, '0') || 'T00:00:00Z' END",
    "BillingAccountId": "'111111111111'",
    "BillingAccountName": "'Example payer'",
    "BillingAccountType": "'Management account'",
    "BillingCurrency": "'USD'",
    "ChargeCategory": "'Usage'",
    "ChargeDescription": "'Service ' || (i % 60) || ' in region ' || (i % 12)",
    "ChargeFrequency": "'Usage-Based'",
    "ConsumedUnit": "CASE WHEN i % 3 = 0 THEN 'GB' ELSE 'Hours' END",
    "PricingUnit": "CASE WHEN i % 3 = 0 THEN 'GB' ELSE 'Hours' END",
    "PricingCategory": "'Standard'",
    "PricingCurrency": "'USD'",
    "InvoiceId": "'INV-2026-05'",
    "InvoiceIssuerName": "'Example Cloud, Inc.'",
    "ProviderName": "'Example Cloud'",
    "PublisherName": "'Example Cloud'",
    "RegionId": "'region-' || (i % 12)",
    "RegionName": "'Region ' || (i % 12)",
    "ResourceId": "'arn:example:compute:region-' || (i % 12) || ':instance/i-' || (i // 31)",
    "ResourceName": "'node-' || (i // 31)",
    "ResourceType": "'Instance'",
    "ServiceCategory": "'Compute'",
    "ServiceSubcategory": "'Virtual Machines'",
    "ServiceName": "'Service ' || (i % 60)",
    "SkuId": "'SKU-' || (i % 199)",
    "SkuMeter": "'Meter ' || (i % 60)",
    "SkuPriceId": "'PRICE-' || (i % 199)",
    "SkuPriceDetails": '\'{"InstanceType": "m7g.large"}\'',
    "SubAccountId": "'2222222222' || lpad(CAST(i % 40 AS VARCHAR), 2, '0')",
    "SubAccountName": "'account-' || (i % 40)",
    "SubAccountType": "'Account'",
    "Tags": "CASE WHEN i % 10 = 0 THEN '' ELSE '{\"team\": \"team-' || (i % 8) || "
    "'\", \"env\": \"' || (CASE WHEN i % 4 = 0 THEN 'dev' ELSE 'prod' END) || '\"}' END",
}
"""The columns that hold something, over the number of the line; the others are empty."""


def write(target: Path, *, rows: int) -> None:
    """Write the bill as csv.gz with all 57 columns of FOCUS 1.2; the same for the same `rows`."""
    names = sorted(c.id for c in columns.COST_AND_USAGE if c.belongs_to("1.2"))
    chosen = ", ".join(f"{_VALUES.get(name, 'NULL')} AS {name}" for name in names)
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT {chosen} FROM range({rows}) AS t(i)) TO '{target}' "
            "(FORMAT csv, HEADER, COMPRESSION gzip)"
        )

"""Rollup: a part's charges added up by day and by every dimension that a page groups by.

Its rows grow with the number of services, accounts and days, not with the number of charges, so a
page costs the same at a thousand lines and at twenty million. It is written anew only where its
charges, the organization or a rule changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.core.condition import RESOURCE
from finops.dataset import source
from finops.dataset.deliveries import MONTH
from finops.dataset.mapped import columns_of
from finops.dataset.mapped import joined
from finops.focus import columns
from finops.focus.adjustments import OWN
from finops.focus.columns import Type
from finops.focus.normalize import MAPPING_KEY
from finops.focus.normalize import quoted
from finops.focus.normalize import text

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from finops.dataset.engine_duckdb import Engine
    from finops.dataset.mapped import Terms

DAY = "x_ChargeDay"
BILLING_MONTH = "x_BillingMonth"
CHARGES = "x_Charges"
"""How many charges a row stands for; 1 on a charge itself."""

DIMENSIONS = (
    "BillingAccountId",
    "BillingAccountName",
    "BillingCurrency",
    "ChargeCategory",
    "ChargeClass",
    "ChargeFrequency",
    "CommitmentDiscountCategory",
    "CommitmentDiscountId",
    "CommitmentDiscountStatus",
    "CommitmentDiscountType",
    "ConsumedUnit",
    "InvoiceId",
    "InvoiceIssuerName",
    "PricingCategory",
    "PricingUnit",
    "ProviderName",
    "PublisherName",
    "RegionId",
    "RegionName",
    "ServiceCategory",
    "ServiceName",
    "ServiceProviderName",
    "SubAccountId",
    "SubAccountName",
)
"""The FOCUS columns that a rollup keeps apart, besides the day and the own dimensions."""

QUANTITIES = ("ConsumedQuantity", "PricingQuantity")


def unknown(cost: str) -> str:
    """The column that counts the charges whose cost is not known (null is not 0)."""
    return f"x_{cost}Unknown"


def write(
    engine: Engine,
    charges: Path,
    mapped: Path,
    target: Path,
    terms: Terms,
    present: Collection[str],
) -> None:
    """Write the rollup of one part; columns the part does not have are null in it."""
    own = (*terms.organization.own_dimensions, *columns_of(terms.rules))
    kept = [f"CAST(ChargePeriodStart AS DATE) AS {DAY}", f"{MONTH} AS {BILLING_MONTH}"]
    kept += [name if name in present else f"CAST(NULL AS VARCHAR) AS {name}" for name in DIMENSIONS]
    kept += [name for name in OWN if name in present]
    kept += [quoted(name) for name in own]
    sums = [f"count(*) AS {CHARGES}"]
    for name in (*columns.MONEY, *QUANTITIES):
        value = f"sum({name})" if name in present else f"CAST(NULL AS {Type.DECIMAL})"
        sums.append(f"{value} AS {name}")
    for name in columns.MONEY:
        value = f"count(*) - count({name})" if name in present else "count(*)"
        sums.append(f"{value} AS {unknown(name)}")
    of = f"read_parquet({text(str(charges))})", f"read_parquet({text(str(mapped))})"
    told = [name for name in RESOURCE if name in present and terms.rules.by_resource]
    rows = joined(*of, own, on=MAPPING_KEY, resources=", ".join(told))
    query = f"SELECT {', '.join(kept + sums)} FROM ({rows}) GROUP BY ALL"
    target.parent.mkdir(parents=True, exist_ok=True)
    source.copy(engine, query, target)

"""The FOCUS columns of a charge, as data: what each is, since when, and what it may hold.

Source: the FinOps Open Cost and Usage Specification, versions 0.5 to 1.4 (CC BY 4.0). The model
is 1.2's columns with 1.3's renames and what 1.4 adds; a file of any version is read into it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

VERSIONS = ("0.5", "1.0-preview", "1.0", "1.1", "1.2", "1.3", "1.4")
"""Every version that is read, oldest first."""


class Type(StrEnum):
    """What a column holds, with the type it is stored as."""

    DECIMAL = "DECIMAL(38,18)"
    STRING = "VARCHAR"
    TIME = "TIMESTAMP WITH TIME ZONE"
    JSON = "JSON"


class Level(StrEnum):
    """How binding the specification makes a column."""

    MANDATORY = "Mandatory"
    CONDITIONAL = "Conditional"
    RECOMMENDED = "Recommended"


class Column(NamedTuple):
    """One FOCUS column. `until` is the last version that has it, where it was removed."""

    id: str
    type: Type
    level: Level
    since: str
    nullable: bool = True
    allowed: tuple[str, ...] = ()
    until: str = ""

    def belongs_to(self, version: str) -> bool:
        """Whether a version of the specification has the column."""
        return VERSIONS.index(self.since) <= VERSIONS.index(version) and (
            not self.until or VERSIONS.index(version) <= VERSIONS.index(self.until)
        )


COST_AND_USAGE = (
    Column("AllocatedMethodDetails", Type.JSON, Level.RECOMMENDED, "1.3"),
    Column("AllocatedMethodId", Type.STRING, Level.CONDITIONAL, "1.3"),
    Column("AllocatedResourceId", Type.STRING, Level.CONDITIONAL, "1.3"),
    Column("AllocatedResourceName", Type.STRING, Level.CONDITIONAL, "1.3"),
    Column("AllocatedTags", Type.JSON, Level.CONDITIONAL, "1.3"),
    Column("AvailabilityZone", Type.STRING, Level.RECOMMENDED, "0.5"),
    Column("BilledCost", Type.DECIMAL, Level.MANDATORY, "0.5", nullable=False),
    Column("BillingAccountId", Type.STRING, Level.MANDATORY, "0.5", nullable=False),
    Column("BillingAccountName", Type.STRING, Level.MANDATORY, "0.5"),
    Column("BillingAccountType", Type.STRING, Level.CONDITIONAL, "1.2", nullable=False),
    Column("BillingCurrency", Type.STRING, Level.MANDATORY, "0.5", nullable=False),
    Column("BillingPeriodEnd", Type.TIME, Level.MANDATORY, "0.5", nullable=False),
    Column("BillingPeriodStart", Type.TIME, Level.MANDATORY, "0.5", nullable=False),
    Column("CapacityReservationId", Type.STRING, Level.CONDITIONAL, "1.1"),
    Column(
        "CapacityReservationStatus",
        Type.STRING,
        Level.CONDITIONAL,
        "1.1",
        allowed=("Used", "Unused"),
    ),
    Column(
        "ChargeCategory",
        Type.STRING,
        Level.MANDATORY,
        "0.5",
        nullable=False,
        allowed=("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
    ),
    Column("ChargeClass", Type.STRING, Level.MANDATORY, "1.0", allowed=("Correction",)),
    Column("ChargeDescription", Type.STRING, Level.MANDATORY, "1.0-preview"),
    Column(
        "ChargeFrequency",
        Type.STRING,
        Level.RECOMMENDED,
        "1.0-preview",
        nullable=False,
        allowed=("One-Time", "Recurring", "Usage-Based"),
    ),
    Column("ChargePeriodEnd", Type.TIME, Level.MANDATORY, "0.5", nullable=False),
    Column("ChargePeriodStart", Type.TIME, Level.MANDATORY, "0.5", nullable=False),
    Column(
        "CommitmentDiscountCategory",
        Type.STRING,
        Level.CONDITIONAL,
        "1.0-preview",
        allowed=("Spend", "Usage"),
    ),
    Column("CommitmentDiscountId", Type.STRING, Level.CONDITIONAL, "1.0-preview"),
    Column("CommitmentDiscountName", Type.STRING, Level.CONDITIONAL, "1.0-preview"),
    Column("CommitmentDiscountQuantity", Type.DECIMAL, Level.CONDITIONAL, "1.1"),
    Column(
        "CommitmentDiscountStatus",
        Type.STRING,
        Level.CONDITIONAL,
        "1.0",
        allowed=("Used", "Unused"),
    ),
    Column("CommitmentDiscountType", Type.STRING, Level.CONDITIONAL, "1.0-preview"),
    Column("CommitmentDiscountUnit", Type.STRING, Level.CONDITIONAL, "1.1"),
    Column("CommitmentProgramEligibilityDetails", Type.JSON, Level.CONDITIONAL, "1.4"),
    Column("ConsumedQuantity", Type.DECIMAL, Level.CONDITIONAL, "1.0"),
    Column("ConsumedUnit", Type.STRING, Level.CONDITIONAL, "1.0"),
    Column("ContractApplied", Type.JSON, Level.CONDITIONAL, "1.3"),
    Column("ContractedCost", Type.DECIMAL, Level.MANDATORY, "1.0", nullable=False),
    Column("ContractedUnitPrice", Type.DECIMAL, Level.CONDITIONAL, "1.0"),
    Column("EffectiveCost", Type.DECIMAL, Level.MANDATORY, "0.5", nullable=False),
    Column("HostProviderName", Type.STRING, Level.MANDATORY, "1.3", nullable=False),
    Column("InvoiceDetailId", Type.STRING, Level.CONDITIONAL, "1.4"),
    Column("InvoiceId", Type.STRING, Level.RECOMMENDED, "1.2"),
    Column("InvoiceIssuerName", Type.STRING, Level.MANDATORY, "0.5", nullable=False),
    Column("ListCost", Type.DECIMAL, Level.MANDATORY, "1.0-preview", nullable=False),
    Column("ListUnitPrice", Type.DECIMAL, Level.CONDITIONAL, "1.0-preview"),
    Column(
        "PricingCategory",
        Type.STRING,
        Level.CONDITIONAL,
        "1.0-preview",
        allowed=("Standard", "Dynamic", "Committed", "Other"),
    ),
    Column("PricingCurrency", Type.STRING, Level.CONDITIONAL, "1.2"),
    Column("PricingCurrencyContractedUnitPrice", Type.DECIMAL, Level.CONDITIONAL, "1.2"),
    Column("PricingCurrencyEffectiveCost", Type.DECIMAL, Level.CONDITIONAL, "1.2"),
    Column("PricingCurrencyListUnitPrice", Type.DECIMAL, Level.CONDITIONAL, "1.2"),
    Column("PricingQuantity", Type.DECIMAL, Level.MANDATORY, "1.0-preview"),
    Column("PricingUnit", Type.STRING, Level.MANDATORY, "1.0-preview"),
    Column("ProviderName", Type.STRING, Level.MANDATORY, "0.5", nullable=False, until="1.3"),
    Column("PublisherName", Type.STRING, Level.MANDATORY, "0.5", nullable=False, until="1.3"),
    Column("RegionId", Type.STRING, Level.CONDITIONAL, "1.0"),
    Column("RegionName", Type.STRING, Level.CONDITIONAL, "1.0"),
    Column("ResourceId", Type.STRING, Level.CONDITIONAL, "0.5"),
    Column("ResourceName", Type.STRING, Level.CONDITIONAL, "0.5"),
    Column("ResourceType", Type.STRING, Level.CONDITIONAL, "1.0-preview"),
    Column("ServiceCategory", Type.STRING, Level.MANDATORY, "0.5", nullable=False),
    Column("ServiceName", Type.STRING, Level.MANDATORY, "0.5", nullable=False),
    Column("ServiceProviderName", Type.STRING, Level.MANDATORY, "1.3", nullable=False),
    Column("ServiceSubcategory", Type.STRING, Level.RECOMMENDED, "1.1", nullable=False),
    Column("SkuId", Type.STRING, Level.CONDITIONAL, "1.0-preview"),
    Column("SkuMeter", Type.STRING, Level.CONDITIONAL, "1.1"),
    Column("SkuPriceDetails", Type.JSON, Level.CONDITIONAL, "1.1"),
    Column("SkuPriceId", Type.STRING, Level.CONDITIONAL, "1.0-preview"),
    Column("SubAccountId", Type.STRING, Level.CONDITIONAL, "0.5"),
    Column("SubAccountName", Type.STRING, Level.CONDITIONAL, "0.5"),
    Column("SubAccountType", Type.STRING, Level.CONDITIONAL, "1.2"),
    Column("Tags", Type.JSON, Level.CONDITIONAL, "1.0-preview"),
)
"""The columns of the Cost and Usage dataset, by name."""

BY_ID = {column.id: column for column in COST_AND_USAGE}

MONEY = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
"""The four costs of a charge, in the order in which every report shows them."""

OWN_DIMENSIONS = ("x_Team", "x_Product", "x_Environment", "x_CostCenter", "x_GeneralLedgerAccount")
"""What an organization adds to a charge; every charge has a value or is UNALLOCATED."""

UNALLOCATED = "UNALLOCATED"

OLDER_NAMES = {
    "AmortizedCost": "EffectiveCost",
    "BilledCurrency": "BillingCurrency",
    "ChargeType": "ChargeCategory",
    "InvoiceIssuer": "InvoiceIssuerName",
    "Provider": "ProviderName",
    "Publisher": "PublisherName",
    "Region": "RegionId",
    "UsageQuantity": "ConsumedQuantity",
    "UsageUnit": "ConsumedUnit",
}
"""What 0.5 and 1.0-preview called a column, and its name since."""


def mandatory(version: str) -> tuple[str, ...]:
    """The columns a file of that version must have.

    1.3 deprecates ProviderName and PublisherName in favor of ServiceProviderName and
    HostProviderName, so a 1.3 file that already left them out is not at fault.
    """
    return tuple(
        column.id
        for column in COST_AND_USAGE
        if column.level is Level.MANDATORY
        and column.belongs_to(version)
        and column.until != version
    )

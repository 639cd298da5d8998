"""The columns are FOCUS's: as many as each version has, with its names and its rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from finops.focus import columns
from finops.focus.columns import COST_AND_USAGE
from finops.focus.columns import Level
from finops.focus.columns import Type
from finops.focus.columns import VERSIONS

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = {"1.2": 57, "1.3": 65, "1.4": 65}


def of(version: str) -> list[str]:
    return [column.id for column in COST_AND_USAGE if column.belongs_to(version)]


@pytest.mark.parametrize("version", COUNTS)
def test_a_version_has_its_number_of_columns(version: str) -> None:
    assert len(of(version)) == COUNTS[version]


def test_the_columns_are_in_order_and_each_is_there_once() -> None:
    names = [column.id for column in COST_AND_USAGE]
    assert names == sorted(set(names))
    assert set(columns.BY_ID) == set(names)


def test_1_4_takes_away_the_provider_and_the_publisher() -> None:
    assert set(of("1.3")) - set(of("1.4")) == {"ProviderName", "PublisherName"}
    assert set(of("1.4")) - set(of("1.3")) == {
        "InvoiceDetailId",
        "CommitmentProgramEligibilityDetails",
    }
    assert set(of("1.3")) - set(of("1.2")) == {
        "AllocatedMethodDetails",
        "AllocatedMethodId",
        "AllocatedResourceId",
        "AllocatedResourceName",
        "AllocatedTags",
        "ContractApplied",
        "HostProviderName",
        "ServiceProviderName",
    }


def test_money_and_quantities_are_decimals_and_periods_are_times() -> None:
    kinds = {column.id: column.type for column in COST_AND_USAGE}
    for name, kind in kinds.items():
        measured = re.search(r"(Cost|Quantity|UnitPrice)$", name) is not None
        assert (kind is Type.DECIMAL) == measured, name
        assert (kind is Type.TIME) == name.endswith(("PeriodStart", "PeriodEnd")), name
    assert {name for name, kind in kinds.items() if kind is Type.JSON} == {
        "AllocatedMethodDetails",
        "AllocatedTags",
        "CommitmentProgramEligibilityDetails",
        "ContractApplied",
        "SkuPriceDetails",
        "Tags",
    }


def test_allowed_values_are_those_of_the_specification() -> None:
    assert {column.id: column.allowed for column in COST_AND_USAGE if column.allowed} == {
        "CapacityReservationStatus": ("Used", "Unused"),
        "ChargeCategory": ("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
        "ChargeClass": ("Correction",),
        "ChargeFrequency": ("One-Time", "Recurring", "Usage-Based"),
        "CommitmentDiscountCategory": ("Spend", "Usage"),
        "CommitmentDiscountStatus": ("Used", "Unused"),
        "PricingCategory": ("Standard", "Dynamic", "Committed", "Other"),
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_version_demands_belongs_to_it(version: str) -> None:
    demanded = columns.mandatory(version)
    assert set(demanded) <= set(of(version))
    assert {"BilledCost", "EffectiveCost", "BillingCurrency", "ChargePeriodStart"} <= set(demanded)


def test_1_3_does_not_demand_what_it_deprecates() -> None:
    assert {"ProviderName", "PublisherName"} <= set(columns.mandatory("1.2"))
    assert not {"ProviderName", "PublisherName"} & set(columns.mandatory("1.3"))


def test_older_names_lead_to_columns_and_are_none() -> None:
    assert set(columns.OLDER_NAMES.values()) <= set(columns.BY_ID)
    assert not set(columns.OLDER_NAMES) & set(columns.BY_ID)


def test_the_columns_equal_the_field_s_own_list(shared: Path) -> None:
    """Name, type, level, nulls and version of each, against the list in the guide."""
    guide = (shared.parent / "guide" / "domain.md").read_text()
    listed = guide.split("### 1.3 CostAndUsage columns")[1].split("```")[1]
    kinds = {"Dec": Type.DECIMAL, "Str": Type.STRING, "DT": Type.TIME, "JSON": Type.JSON}
    levels = {"M": Level.MANDATORY, "C": Level.CONDITIONAL, "R": Level.RECOMMENDED}
    shape = r"(\w+) [md] (Dec|Str|DT|JSON) ([MCR]) (NN|null) ([\d.]+(?:-preview|wd)?)"
    told = {
        name: (kinds[kind], levels[level], nulls == "null", since)
        for name, kind, level, nulls, since in re.findall(shape, listed)
        if not since.endswith("wd")
    }
    ours = {c.id: (c.type, c.level, c.nullable, c.since) for c in COST_AND_USAGE}
    assert ours == told

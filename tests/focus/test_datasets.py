"""A file's dataset and version are told by its columns, whatever it claims."""

from __future__ import annotations

import pytest

from finops.errors import ImportRefused
from finops.focus import columns
from finops.focus import datasets
from finops.focus.columns import OLDER_NAMES
from finops.focus.datasets import detect
from finops.focus.raw import Kind


def names_of(version: str) -> list[str]:
    """Every column of a version, under the names that it used."""
    older = {name: old for old, name in OLDER_NAMES.items()}
    found = [column.id for column in columns.COST_AND_USAGE if column.belongs_to(version)]
    return [older.get(name, name) for name in found] if version in {"0.5", "1.0-preview"} else found


@pytest.mark.parametrize("version", columns.VERSIONS)
def test_a_full_header_tells_its_version(version: str) -> None:
    assert detect(names_of(version)) == (Kind.COST_AND_USAGE, version)


@pytest.mark.parametrize("version", columns.VERSIONS)
def test_the_mandatory_columns_tell_a_version_that_demands_no_more(version: str) -> None:
    """A provider that leaves out what it does not support is still held to what there is."""
    header = columns.mandatory(version)
    detected = detect(header)
    assert set(datasets.mandatory(detected)) <= set(header)


def test_the_preview_of_1_0_is_told_as_providers_exported_it() -> None:
    """Region, UsageQuantity and UsageUnit became columns of 1.0 under other names."""
    header = [*columns.mandatory("1.0-preview"), "ChargeSubcategory", "Region"]
    assert detect([*header, "UsageQuantity", "UsageUnit"]).version == "1.0-preview"
    assert detect([*header, "ConsumedQuantity"]).version == "1.0"


def test_the_order_and_columns_of_the_file_s_own_say_nothing() -> None:
    header = [*reversed(names_of("1.2")), "x_Foo", "Id"]
    assert detect(header) == (Kind.COST_AND_USAGE, "1.2")


def test_1_4_is_1_3_without_what_it_took_away() -> None:
    without = [name for name in names_of("1.3") if name not in {"ProviderName", "PublisherName"}]
    assert detect(without).version == "1.4"
    assert detect([*names_of("1.4"), "ProviderName", "PublisherName"]).version == "1.4"


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        (Kind.CONTRACT_COMMITMENT, "1.3"),
        (Kind.CONTRACT_COMMITMENT, "1.4"),
        (Kind.INVOICE_DETAIL, "1.4"),
        (Kind.BILLING_PERIOD, "1.4"),
    ],
)
def test_the_other_datasets_are_told_apart(kind: Kind, version: str) -> None:
    header = [column.id for column in datasets.COLUMNS[kind] if column.belongs_to(version)]
    detected = detect(header)
    assert detected == (kind, version)
    assert set(datasets.mandatory(detected)) <= set(header)


@pytest.mark.parametrize(
    ("kind", "count"),
    [(Kind.INVOICE_DETAIL, 22), (Kind.BILLING_PERIOD, 6)],
)
def test_the_other_datasets_have_their_number_of_columns(kind: Kind, count: int) -> None:
    assert len(datasets.COLUMNS[kind]) == count


def test_contract_commitment_grew_from_13_columns() -> None:
    of = datasets.COLUMNS[Kind.CONTRACT_COMMITMENT]
    assert len([column for column in of if column.belongs_to("1.3")]) == 13


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (["a", "b", "c"], "0 of its column names are FOCUS's"),
        (["BilledCost", "Tags"], "2 of its column names are FOCUS's"),
        (
            ["BillingAccountId", "BillingAccountName", "ChargeType", "ServiceName", "Tags"],
            "it has none of BilledCost, BillingPeriodStart, ChargePeriodStart, EffectiveCost",
        ),
    ],
)
def test_a_header_of_something_else_is_refused(header: list[str], said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        detect(header)

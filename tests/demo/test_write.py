from __future__ import annotations

import json
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from finops.demo.write import FOCUS

if TYPE_CHECKING:
    from tests.demo.conftest import Made

NEVER_NULL = (
    "BilledCost",
    "BillingAccountId",
    "BillingAccountType",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeFrequency",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ContractedCost",
    "EffectiveCost",
    "InvoiceId",
    "InvoiceIssuerName",
    "ListCost",
    "ProviderName",
    "PublisherName",
    "ServiceCategory",
    "ServiceName",
    "ServiceSubcategory",
    "SubAccountId",
    "SubAccountName",
    "SubAccountType",
)
DECIMALS = (
    "BilledCost",
    "CommitmentDiscountQuantity",
    "ConsumedQuantity",
    "ContractedCost",
    "ContractedUnitPrice",
    "EffectiveCost",
    "ListCost",
    "ListUnitPrice",
    "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost",
    "PricingCurrencyListUnitPrice",
    "PricingQuantity",
)


def test_a_file_has_the_57_columns_of_focus_1_2_with_exact_types(year: Made) -> None:
    for path in sorted((year.folder / "charges").rglob("*.parquet"))[:3]:
        schema = parquet.read_schema(path)
        assert tuple(schema.names) == FOCUS
        assert len(FOCUS) == 57
        for name in FOCUS:
            wanted = pa.string()
            if name in DECIMALS:
                wanted = pa.decimal128(38, 18)
            elif name.endswith(("PeriodStart", "PeriodEnd")):
                wanted = pa.timestamp("us", tz="UTC")
            assert schema.field(name).type == wanted, name


@pytest.mark.parametrize("column", NEVER_NULL)
def test_mandatory_columns_are_never_null(year: Made, column: str) -> None:
    assert year.charges[column].null_count == 0


def test_price_times_quantity_is_the_cost(year: Made) -> None:
    for row in year.rows:
        if row["PricingQuantity"] is not None:
            assert row["ListUnitPrice"] * row["PricingQuantity"] == row["ListCost"]
            assert row["ContractedUnitPrice"] * row["PricingQuantity"] == row["ContractedCost"]


def test_usage_and_purchases_have_a_price_and_the_rest_has_none(year: Made) -> None:
    for row in year.rows:
        priced = row["ChargeCategory"] in {"Usage", "Purchase"}
        for column in ("PricingQuantity", "PricingUnit", "PricingCategory", "SkuId", "SkuPriceId"):
            assert (row[column] is not None) == priced, row


def test_commitment_columns_follow_focus(year: Made) -> None:
    for row in year.rows:
        named = row["CommitmentDiscountId"] is not None
        assert (row["CommitmentDiscountCategory"] is not None) == named
        assert (row["CommitmentDiscountQuantity"] is not None) == named
        covered = named and row["ChargeCategory"] == "Usage"
        assert (row["CommitmentDiscountStatus"] is not None) == covered
        assert (row["PricingCategory"] == "Committed") == covered
        if covered:
            assert row["BilledCost"] == 0
            assert row["EffectiveCost"] > 0
        elif named:
            assert row["ChargeCategory"] == "Purchase"
            assert row["EffectiveCost"] == 0
            assert row["BilledCost"] > 0


def test_what_is_unused_consumes_nothing_and_is_the_commitment_itself(year: Made) -> None:
    unused = [row for row in year.rows if row["CommitmentDiscountStatus"] == "Unused"]
    assert unused
    for row in unused:
        assert row["ConsumedQuantity"] is None
        assert row["ConsumedUnit"] is None
        assert row["ResourceId"] == row["CommitmentDiscountId"]
        assert row["Tags"] is None


def test_usage_is_by_the_day_and_in_its_month_unless_it_corrects_or_is_late(
    year: Made,
) -> None:
    for row in year.delivered:
        inside = row["BillingPeriodStart"] <= row["ChargePeriodStart"] < row["BillingPeriodEnd"]
        late = row["InvoiceIssuerName"].startswith("Google") and row["ChargeClass"] is None
        assert inside or late or row["ChargeClass"] == "Correction"
        assert not (inside and row["ChargeClass"])
        if row["ChargeCategory"] == "Usage":
            assert row["ChargePeriodEnd"] - row["ChargePeriodStart"] == timedelta(days=1)
            assert row["ChargeFrequency"] == "Usage-Based"


def test_each_issuer_sends_one_invoice_a_month(year: Made) -> None:
    invoices = defaultdict(set)
    for row in year.delivered:
        key = (row["InvoiceIssuerName"], row["BillingAccountId"], row["BillingPeriodStart"])
        invoices[key].add(row["InvoiceId"])
    assert all(len(found) == 1 for found in invoices.values())
    assert len({min(found) for found in invoices.values()}) == len(invoices) == 4 * 12


def test_tags_are_json_texts_of_one_level(year: Made) -> None:
    texts = set(year.charges["Tags"].to_pylist()) - {None}
    for text in texts:
        assert all(isinstance(value, str) for value in json.loads(text).values())
    keys = {key for text in texts for key in json.loads(text)}
    assert {"team", "Team", "Team ", "owner-team", "cost-center", "cost_center"} <= keys


def test_list_contracted_and_effective_cost_fall_in_that_order(year: Made) -> None:
    for row in year.rows:
        if row["CommitmentDiscountStatus"] == "Used":
            assert row["ListCost"] > row["ContractedCost"] > row["EffectiveCost"]
        elif row["ChargeCategory"] == "Usage" and row["ListCost"] > 0:
            assert row["ListCost"] >= row["ContractedCost"] >= row["EffectiveCost"]


def test_a_resource_has_an_id_of_its_provider(year: Made) -> None:
    starts = {"AWS": "arn:aws:", "Microsoft": "/", "Google Cloud": "//"}
    distinct = set()
    for row in year.rows:
        if row["ResourceId"]:
            assert row["ResourceId"].startswith(starts[row["ProviderName"]])
            distinct.add(row["ResourceId"])
    assert 500 < len(distinct) < 5_000


def test_azure_data_hold_neither_tax_nor_support_nor_credits(year: Made) -> None:
    found = {(row["ProviderName"], row["ChargeCategory"]): row["BilledCost"] for row in year.rows}
    assert {kind for name, kind in found if name == "Microsoft"} == {
        "Usage",
        "Purchase",
        "Adjustment",
    }
    assert {kind for name, kind in found if name == "AWS"} == {
        "Usage",
        "Purchase",
        "Tax",
        "Credit",
    }
    assert {kind for name, kind in found if name == "Google Cloud"} == {"Usage"}


def test_an_azure_invoice_has_whole_cents(year: Made) -> None:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for row in year.rows:
        if row["ProviderName"] == "Microsoft":
            totals[row["InvoiceId"]] += row["BilledCost"]
    assert all(total == round(total, 2) for total in totals.values())

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.demo.conftest import Made


def test_a_refund_is_negative_usage_of_a_known_resource(year: Made) -> None:
    refunds = [
        row for row in year.rows if row["ChargeCategory"] == "Usage" and row["BilledCost"] < 0
    ]
    resources = {row["ResourceId"] for row in year.rows if row["BilledCost"] >= 0}
    first = min(row["BillingPeriodStart"] for row in year.rows)
    assert refunds
    for row in refunds:
        assert row["PricingQuantity"] < 0
        assert row["ConsumedQuantity"] < 0
        assert row["ResourceId"] in resources or row["ChargePeriodStart"] < first


def test_one_correction_reaches_back_two_months(year: Made) -> None:
    back = {
        row["BillingPeriodStart"].month - row["ChargePeriodStart"].month
        for row in year.rows
        if row["ChargeClass"] == "Correction" and row["ChargeCategory"] == "Usage"
    }
    assert 2 in back


def test_usage_that_came_late_is_billed_a_month_after_it_was_used(year: Made) -> None:
    late = [
        row
        for row in year.rows
        if row["ChargePeriodStart"] < row["BillingPeriodStart"] and row["ChargeClass"] is None
        if "Google" in row["InvoiceIssuerName"]
    ]
    days = {f"{row['ChargePeriodStart']:%m-%d}" for row in late}
    assert days == {"09-27", "09-28", "09-29"}
    assert {f"{row['BillingPeriodStart']:%Y-%m}" for row in late} == {"2026-10"}
    assert all(row["BilledCost"] > 0 for row in late)


def test_a_seller_sends_invoices_of_its_own(year: Made) -> None:
    sold = [row for row in year.rows if row["PublisherName"] == "Lantern Observability, Inc."]
    assert {row["InvoiceIssuerName"] for row in sold} == {"Lantern Observability, Inc."}
    assert {row["ProviderName"] for row in sold} == {"AWS"}
    assert {row["ChargeCategory"] for row in sold} == {"Usage", "Purchase"}
    others = {row["InvoiceId"] for row in year.rows if row["PublisherName"] == "AWS"}
    assert not others & {row["InvoiceId"] for row in sold}
    for row in sold:
        assert row["BilledCost"] == row["EffectiveCost"]

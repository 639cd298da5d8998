"""The FOCUS columns that the charges of one account, price and kind have in common."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finops.demo.company import Account
    from finops.demo.company import Commitment
    from finops.demo.company import Company
    from finops.demo.company import Sku

USAGE = {
    "ChargeCategory": "Usage",
    "ChargeFrequency": "Usage-Based",
    "PricingCategory": "Standard",
}
PURCHASE = {
    "ChargeCategory": "Purchase",
    "ChargeFrequency": "Recurring",
    "PricingCategory": "Standard",
}


def hexes(*parts: object, length: int = 16) -> str:
    """Hexadecimal digits that follow from the parts."""
    text = "|".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def account_columns(
    company: Company, account: Account, *, seller: str | None = None
) -> dict[str, str | None]:
    """Provider, issuer, billing account and sub account; a seller sends invoices of its own."""
    provider = company.providers[account.provider]
    sold = company.adjustments["sellers"][seller] if seller else {}
    return {
        "ProviderName": provider.name,
        "PublisherName": sold.get("publisher", provider.publisher),
        "InvoiceIssuerName": sold.get("issuer", provider.issuer),
        "BillingAccountId": provider.billing_account["id"],
        "BillingAccountName": provider.billing_account["name"],
        "BillingAccountType": provider.billing_account["type"],
        "BillingCurrency": provider.currency,
        "PricingCurrency": provider.currency,
        "SubAccountId": account.id,
        "SubAccountName": account.name,
        "SubAccountType": provider.sub_account_type,
    }


def region_columns(company: Company, account: Account) -> dict[str, str | None]:
    """The region that an account works in."""
    if account.region is None:
        return {}
    return {"RegionId": account.region, "RegionName": company.regions[account.region]["name"]}


def service_columns(company: Company, service: str) -> dict[str, str | None]:
    """Service name, category and subcategory."""
    known = company.services[service]
    return {
        "ServiceName": known["name"],
        "ServiceCategory": known["category"],
        "ServiceSubcategory": known["subcategory"],
    }


def sku_columns(company: Company, sku: Sku) -> dict[str, str | None]:
    """Service, meter, unit and identifiers of a price."""
    identifier = hexes("sku", sku.key).upper()
    kind = company.resources[sku.resource]["type"] if sku.resource else None
    return {
        **service_columns(company, sku.service),
        "SkuId": identifier,
        "SkuPriceId": f"{identifier}.{hexes('price', sku.key, length=10).upper()}",
        "SkuMeter": sku.meter,
        "SkuPriceDetails": sku.details,
        "PricingUnit": sku.unit,
        "ConsumedUnit": sku.unit,
        "ResourceType": kind,
        "ChargeDescription": f"{company.services[sku.service]['name']}: {sku.meter}",
    }


def commitment_columns(commitment: Commitment, currency: str) -> dict[str, str | None]:
    """The commitment discount that a charge belongs to."""
    spend = commitment.kind == "spend"
    return {
        "CommitmentDiscountId": commitment.id,
        "CommitmentDiscountName": commitment.name,
        "CommitmentDiscountCategory": "Spend" if spend else "Usage",
        "CommitmentDiscountType": "Compute Savings Plan" if spend else "Reservation",
        "CommitmentDiscountUnit": currency if spend else "Hours",
    }


def other_columns(name: str, description: str) -> dict[str, str | None]:
    """A charge that belongs to no service, such as tax or a credit."""
    return {
        "ServiceName": name,
        "ServiceCategory": "Other",
        "ServiceSubcategory": "Other (Other)",
        "ChargeDescription": description,
    }

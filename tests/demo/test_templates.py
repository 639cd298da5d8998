from __future__ import annotations

from finops.demo import company
from finops.demo import templates


def test_digits_follow_from_their_parts_and_from_nothing_else() -> None:
    assert templates.hexes("a", 1) == templates.hexes("a", 1)
    assert templates.hexes("a", 1) != templates.hexes("a", 2)
    assert len(templates.hexes("a", length=40)) == 40


def test_an_account_bills_under_its_provider_and_a_seller_under_its_own_name() -> None:
    made = company.load_company()
    account = next(one for one in made.accounts.values() if one.provider == "aws")
    own = templates.account_columns(made, account)
    assert own["ProviderName"] == "AWS"
    assert own["BillingCurrency"] == "USD"
    seller = next(iter(made.adjustments["sellers"]))
    sold = templates.account_columns(made, account, seller=seller)
    assert sold["InvoiceIssuerName"] != own["InvoiceIssuerName"]
    assert sold["SubAccountId"] == own["SubAccountId"]

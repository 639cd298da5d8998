"""What stands on the demo company's bills beside usage and commitments.

Refunds and corrections, late usage, marketplace subscriptions, support, tax, credits and
rounding, in the order in which a provider works them out. Azure's data hold neither tax nor
support nor credits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from finops.demo.book import charges
from finops.demo.book import MONEY
from finops.demo.money import digits
from finops.demo.money import ONE
from finops.demo.money import part
from finops.demo.money import whole
from finops.demo.ownership import account_owner
from finops.demo.refunds import late_usage
from finops.demo.refunds import refunds
from finops.demo.refunds import subscriptions
from finops.demo.templates import account_columns
from finops.demo.templates import hexes
from finops.demo.templates import other_columns
from finops.demo.templates import PURCHASE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from finops.demo.company import Account
    from finops.demo.seasons import Month
    from finops.demo.usage import Site

_RATE = 10**4
_CENT = ONE // 100


def adjust(here: Site, rows: NDArray[np.void], provider: str, month: Month) -> NDArray[np.void]:
    """Add to a month of usage and commitments what else its bill holds."""
    for step in (refunds, late_usage, subscriptions, _support, _tax, _credits, _rounding):
        rows = np.concatenate([rows, *step(here, rows, provider, month)])
    return rows


def _plain(here: Site, account: Account, columns: dict[str, str | None]) -> NDArray[np.void]:
    """One charge without tags that belongs to an account."""
    owner = here.book.owners.place(account_owner(here.company, account))
    everything = {**account_columns(here.company, account), **columns}
    return charges(1, owner=owner, template=here.book.template(everything))


def _over(row: NDArray[np.void], month: Month) -> NDArray[np.void]:
    row["start"], row["end"] = month.start, month.end
    return row


def _support(
    here: Site, rows: NDArray[np.void], provider: str, month: Month
) -> list[NDArray[np.void]]:
    """A percentage of what the provider itself bills for usage and purchases."""
    terms = here.company.adjustments["support"]
    if terms["provider"] != provider:
        return []
    base = rows[_own(here, provider)[rows["template"]]]
    units = sum(base["billed"].tolist()) // 10**8  # to four digits, as a quantity with a price
    rate = terms["rate"] * 10**4
    identifier = hexes("support", provider).upper()
    account = here.company.accounts[terms["account"]]
    columns: dict[str, str | None] = {
        **account_columns(here.company, account),
        **PURCHASE,
        "ServiceName": terms["service"],
        "ServiceCategory": "Management and Governance",
        "ServiceSubcategory": "Other (Management and Governance)",
        "SkuMeter": "Support",
        "SkuId": identifier,
        "SkuPriceId": f"{identifier}.TIER1",
        "PricingUnit": here.company.providers[provider].currency,
        "ChargeDescription": f"{terms['service']}: {digits(rate, 6)}% of monthly charges",
    }
    row = _plain(here, account, columns)
    row["template"] = here.book.template(columns, prices=(rate, rate))
    row["quantity"] = units * 10**8
    for name in MONEY:
        row[name] = units * rate
    return [_over(row, month)]


def _own(here: Site, provider: str) -> NDArray[np.bool_]:
    """Which templates the provider itself invoices and taxes."""
    issuer = here.book.column("InvoiceIssuerName") == here.company.providers[provider].issuer
    return np.asarray(issuer & (here.book.column("ChargeCategory") != "Credit"), np.bool_)


def _tax(here: Site, rows: NDArray[np.void], provider: str, month: Month) -> list[NDArray[np.void]]:
    """Tax on each account's charges before credits; corrections carry tax of their own month.

    Each cost column of a tax charge is the rate on the same column of what is taxed; purchases
    that cover later usage count in BilledCost alone (FOCUS 1.2, EffectiveCost).
    """
    terms = here.company.adjustments["tax"]
    if terms["provider"] != provider:
        return []
    base = rows[_own(here, provider)[rows["template"]]]
    accounts = here.book.column("SubAccountId")[base["template"]]
    corrects = (here.book.column("ChargeClass") == "Correction")[base["template"]]
    begins = np.where(corrects, base["start"], -1)
    found = []
    for account in here.company.accounts.values():
        mine = accounts == account.id
        for begin in np.unique(begins[mine]).tolist():
            taxed = base[mine & (begins == begin)]
            found.append(_tax_charge(here, account, taxed, month, correction=begin >= 0))
    return found


def _tax_charge(
    here: Site, account: Account, taxed: NDArray[np.void], month: Month, *, correction: bool
) -> NDArray[np.void]:
    terms = here.company.adjustments["tax"]
    columns = {
        **other_columns(terms["service"], f"Tax at {digits(terms['rate'], 2)}%"),
        "ChargeCategory": "Tax",
        "ChargeFrequency": "One-Time" if correction else "Recurring",
        "ChargeClass": "Correction" if correction else None,
    }
    row = _over(_plain(here, account, columns), month)
    if correction:
        row["start"], row["end"] = taxed["start"].min(), taxed["end"].max()
    covering = (here.book.column("ChargeCategory") == "Purchase") & (
        here.book.column("CommitmentDiscountId") != None  # noqa: E711 - element by element
    )
    kept = taxed[~covering[taxed["template"]].astype(bool)]
    for name in MONEY:
        whole_base = sum((taxed if name == "billed" else kept)[name].tolist())
        row[name] = part(whole_base, terms["rate"], _RATE)
    return row


def _credits(
    here: Site, rows: NDArray[np.void], provider: str, month: Month
) -> list[NDArray[np.void]]:
    """Credits that the provider gives, after tax."""
    del rows
    found = []
    for credit in here.company.adjustments["credits"]:
        if credit["provider"] == provider and credit["from"] <= month.index <= credit["to"]:
            columns = {
                **other_columns("AWS Credits", credit["name"]),
                "ChargeCategory": "Credit",
                "ChargeFrequency": "One-Time",
            }
            row = _plain(here, here.company.accounts[credit["account"]], columns)
            for name in MONEY:
                row[name] = whole(credit["amount"])
            found.append(_over(row, month))
    return found


def _rounding(
    here: Site, rows: NDArray[np.void], provider: str, month: Month
) -> list[NDArray[np.void]]:
    """The fraction of a cent by which an invoice differs from its charges, as an adjustment."""
    terms = here.company.adjustments["rounding"]
    billed = sum(rows["billed"].tolist())
    amount = part(billed, 1, _CENT) * _CENT - billed
    if terms["provider"] != provider or not amount:
        return []
    columns = {
        **other_columns(terms["service"], "Rounding adjustment"),
        "ChargeCategory": "Adjustment",
        "ChargeFrequency": "One-Time",
    }
    row = _plain(here, here.company.accounts[terms["account"]], columns)
    for name in MONEY:
        row[name] = amount
    return [_over(row, month)]

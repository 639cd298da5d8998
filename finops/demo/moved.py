"""What the story moved from one month to the next: prices, what is new and what is gone."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from typing import TYPE_CHECKING

from finops.demo.money import digits
from finops.demo.money import PRICE_SCALE
from finops.demo.money import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finops.demo.ledger import Key
    from finops.demo.ledger import Ledger
    from finops.demo.seasons import Month

_SUBJECT = "price"


def moved(ledger: Ledger, months: tuple[Month, ...]) -> list[dict[str, Any]]:
    """The steps that the story planted in each month against the one before, by currency."""
    currencies = sorted({key.currency for key in ledger.sums if key.subject == _SUBJECT})
    return [
        {
            "question": {
                "measure": ["EffectiveCost"],
                "by": [],
                "period": str(after.period),
                "axis": "charge",
                "currency": "billing",
                "where": [f"BillingCurrency={currency}"],
                "explain": True,
            },
            "answer": {"steps": list(_steps(ledger, before, after, currency))},
        }
        for before, after in pairwise(months)
        for currency in currencies
    ]


def _steps(ledger: Ledger, before: Month, after: Month, currency: str) -> Iterator[dict[str, str]]:
    old, new = (_keys(ledger, month, currency) for month in (before, after))
    for step, names, sums, sign in (
        ("new", new.keys() - old.keys(), new, 1),
        ("retired", old.keys() - new.keys(), old, -1),
    ):
        for name in sorted(names):
            amount = ledger.sums[sums[name]].amounts["EffectiveCost"] * sign
            yield _step(ledger, step, name, digits(amount))
    for name in sorted(new.keys() & old.keys()):
        sku = ledger.company.skus[name.split()[0]]
        by = sku.contracted_in(after.index) - sku.contracted_in(before.index)
        if by:
            amount = ledger.sums[new[name]].amounts["ConsumedQuantity"] * by
            yield _step(ledger, "negotiated/list price", name, digits(amount, SCALE + PRICE_SCALE))


def _keys(ledger: Ledger, month: Month, currency: str) -> dict[str, Key]:
    """The ledger's keys of a month's prices, by their label."""
    return {
        key.label: key
        for key in ledger.sums
        if (key.subject, key.axis, key.period, key.currency)
        == (_SUBJECT, "charge", month.period, currency)
    }


def _step(ledger: Ledger, step: str, name: str, amount: str) -> dict[str, str]:
    sku, account = name.split()
    meter = ledger.company.skus[sku].meter
    return {"step": step, "SkuMeter": meter, "SubAccountId": account, "amount": amount}

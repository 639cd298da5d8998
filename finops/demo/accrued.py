"""The demo company's accruals: its last closed month was booked before any invoice had come."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from typing import TYPE_CHECKING

from finops.access.actor import local_actor
from finops.config import load_settings
from finops.core.period import BillingPeriod
from finops.demo.closes import ASKS
from finops.demo.closes import closed
from finops.demo.invoices import SELLER
from finops.demo.invoices import TAX
from finops.demo.money import digits
from finops.demo.money import ONE
from finops.demo.money import part
from finops.invoicing.posted import journal_of
from finops.invoicing.posted import post
from finops.invoicing.posting import Accounts
from finops.invoicing.recharge import Gate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import datetime

    from finops.access.command import Call
    from finops.access.workspace import Workspace
    from finops.demo.invoices import Issued

_CENT = ONE // 100


def month(months: Sequence[str]) -> str:
    """The month whose invoices came after its accruals; empty where none is closed."""
    return max(closed(months), default="")


def post_books(workspace: Workspace, which: str, *, at: datetime) -> None:
    """Post the journal of a month as it is then, as finance does when the month ends.

    No owner has been asked yet, so no cost center is charged back.
    """
    accounts = Accounts.of(load_settings(workspace.root).journal_accounts)
    period = BillingPeriod.parse(which)
    shown = journal_of(workspace, workspace.dataset(), period, accounts=accounts, gate=Gate())
    call: Call = {"actor": local_actor(ASKS), "at": at, "origin": "demo", "key": None}
    post(workspace.store, **call, shown=shown, provisional=True)


def facts(issued: Iterable[Issued], which: str) -> list[dict[str, Any]]:
    """The true-up of each issuer whose invoices of that month came after its accrual.

    Tax that no charge has and what other issuers charge were never accrued.
    """
    accrued: dict[tuple[str, str], int] = defaultdict(int)
    actual: dict[tuple[str, str], int] = defaultdict(int)
    for one in issued:
        if str(one.month.period) == which and one.header:
            place = (one.issuer, one.currency)
            accrued[place] += one.billed
            beyond = one.buckets.get(TAX, 0) + one.buckets.get(SELLER, 0)
            actual[place] += one.payable - beyond
    booked = {place: part(number, 1, _CENT) * _CENT for place, number in accrued.items()}
    actual = {place: part(number, 1, _CENT) * _CENT for place, number in actual.items()}
    return [
        {
            "question": {
                "period": which,
                "axis": "billing",
                "InvoiceIssuerName": issuer,
                "BillingCurrency": currency,
            },
            "answer": {
                "accrued": digits(booked[issuer, currency]),
                "actual": digits(number),
                "true_up": digits(number - booked[issuer, currency]),
            },
        }
        for (issuer, currency), number in sorted(actual.items())
    ]

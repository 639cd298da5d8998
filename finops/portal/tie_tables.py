"""Tables of a reconciliation: invoices, named differences, steps, commitments, rows behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.invoicing.commitments import LedgerStatus
from finops.invoicing.reconciliation import Status
from finops.portal import formats
from finops.portal.tables import records
from finops.portal.tables import Table
from finops.portal.ties import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.invoicing.commitments import Ledger
    from finops.invoicing.prepaid import Prepaid
    from finops.invoicing.reconciliation import Match
    from finops.portal.charts import Step

NOT_KNOWN = "not known"

_LONGEST, _ACCOUNT = 17, 14

WORDS = {
    Status.MATCHED: "✓ Matched",
    Status.WITHIN_ROUNDING: "≈ Matched within rounding",
    Status.EXPLAINED: "✓ Explained",
    Status.UNEXPLAINED: "✕ UNEXPLAINED",
    Status.NO_INVOICE: "○ No invoice",
    Status.NO_USAGE: "✕ No charges",
    Status.PROVISIONAL: "… Provisional",
    LedgerStatus.MATCHED: "✓ Matched",
    LedgerStatus.UNEXPLAINED: "✕ UNEXPLAINED",
    LedgerStatus.PROVISIONAL: "… Provisional",
}
"""Each status with a sign, so that color is never the only cue."""


def invoices(matches: Sequence[Match]) -> Table:
    """Each invoice beside its charges, in its own currency."""
    rows = [
        {
            "Status": WORDS[one.status],
            "Unexplained": _money(one.unexplained, one.currency) if one.unexplained else "",
            "Issuer": one.issuer,
            "Invoice": one.invoice_id or formats.NONE,
            "Invoiced": formats.NONE
            if one.status is Status.NO_INVOICE
            else _money(one.invoiced, one.currency),
            "Billed": _money(one.billed, one.currency),
            "Difference": _money(one.difference, one.currency, signed=True),
            "Account": formats.tail(one.account, _ACCOUNT) or formats.NONE,
        }
        for one in matches
    ]
    amounts = _amounts("Invoiced", "Billed", "Difference", "Unexplained")
    return records("Invoices beside their charges, the unexplained first", rows, amounts)


def named(match: Match) -> Table:
    """Each named part of an invoice's difference, what has no name last."""
    rows = [
        {
            "Difference": str(one.reason),
            "Amount": _money(one.amount, match.currency, signed=True),
            "Evidence": ", ".join(f"{name} {value or 'empty'}" for name, value in one.evidence),
            "Fits as well": "; ".join(one.instead),
            "Said": one.said,
        }
        for one in match.explained
    ]
    if match.unexplained:
        amount = _money(match.unexplained, match.currency, signed=True)
        row = {"Difference": UNNAMED, "Amount": amount}
        rows.append(row | dict.fromkeys(("Evidence", "Fits as well", "Said"), ""))
    config = _amounts("Amount") | {"Evidence": st.column_config.TextColumn(width="large")}
    return records(f"What makes up the difference of {match.invoice_id}", rows, config)


def steps(name: str, found: Iterable[Step], currency: str) -> Table:
    """The steps of a waterfall with their amounts; all but the last add up to the last."""
    rows = [
        {"Step": one.name, f"Amount ({currency})": _money(one.amount, currency)} for one in found
    ]
    return records(f"{name}, {currency}", rows, _amounts(f"Amount ({currency})"))


def ledger(found: Iterable[Ledger]) -> Table:
    """Each commitment: what was prepaid, what came and went, what is left."""
    rows = [
        {
            "Status": WORDS[one.status],
            "Commitment": formats.tail(one.id, _LONGEST),
            "Utilization (%)": NOT_KNOWN
            if one.utilization is None
            else formats.percent(one.utilization),
            "Opening": _plain(one.opening, one.currency),
            "Purchased": _plain(one.purchased, one.currency),
            "Used": _plain(one.used, one.currency),
            "Unused": _plain(one.unused, one.currency),
            "Refunded": _plain(one.refunded, one.currency),
            "Closing": _plain(one.closing, one.currency),
            "Currency": one.currency,
            "Term ends": formats.dated(one.term_end) or NOT_KNOWN,
        }
        for one in found
    ]
    config = _amounts(*tuple(rows[0] if rows else ())[2:-2])
    return records("Commitments: prepaid ledger of the month", rows, config)


def prepaid(found: Iterable[Prepaid]) -> Table:
    """The balances of all commitments of a currency, rolled forward; who has none is counted."""
    rows = [
        {
            "Commitments": f"{one.commitments} in {one.currency}",
            "Opening": _money(one.opening, one.currency),
            "Purchased": _money(one.purchased, one.currency),
            "Used": _money(one.used, one.currency),
            "Unused": _money(one.unused, one.currency),
            "Refunded": _money(one.refunded, one.currency),
            "Closing": _money(one.closing, one.currency),
            "Opening not known": formats.count(len(one.not_known)),
        }
        for one in found
    ]
    return records("Prepaid balance of the month", rows, _amounts(*tuple(rows[0])[1:]))


def _money(number: Decimal | None, currency: str, *, signed: bool = False) -> str:
    return NOT_KNOWN if number is None else formats.money(Amount(number, currency), signed=signed)


def _plain(number: Decimal | None, currency: str) -> str:
    """An amount without its currency, which has a column of its own."""
    return _money(number, currency).removesuffix(f"\u00a0{currency}")


def _amounts(*names: str) -> dict[str, object]:
    """Columns of amounts with their currency, at the right."""
    return dict.fromkeys(names, st.column_config.TextColumn(alignment="right"))

"""Gained: what rates of exchange did to the month's foreign invoices, told and tabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.portal import formats
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal import ties
from finops.portal.tables import records
from finops.portal.tables import Table
from finops.portal.tie_tables import NOT_KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from finops.dataset import Dataset
    from finops.invoicing.exchange_gain import ExchangeGain
    from finops.portal.lens import Lens

RULE = (
    "Expense at the average rate of the month, payable at the rate of the invoice's day, settled "
    "at the rate of its due day, as if it is settled then. A day without a rate of its own is told "
    "at its month's end."
)


def any_foreign(lens: Lens) -> bool:
    """Whether there is an invoice in another currency than is reported."""
    return bool(ties.report(lens).fx)


def fx(_: Dataset) -> None:
    """Draw it for the month that the reader chose."""
    draw(scope_bar.lens())


def draw(lens: Lens) -> None:
    """The answer in a line, then each foreign invoice from expense to settlement."""
    found = ties.report(lens).fx
    st.markdown(sentence(found))
    tables.draw(table(found))
    st.caption(RULE)


def sentence(found: Sequence[ExchangeGain]) -> str:
    """How much is gained or lost over all foreign invoices, and what is not known."""
    known = [one for one in found if one.net is not None]
    missing = sorted({what for one in found if one.net is None for what in one.missing})
    bring = (
        formats.md_escape(formats.dated(f"Bring {formats.listing(tuple(missing))}."))
        if missing
        else ""
    )
    many = f"{len(found)} foreign invoice{'' if len(found) == 1 else 's'}"
    if not known:
        return f"**What rates of exchange did to {many} is not known.** {bring}"
    currency = known[0].reporting
    net = total(one.net for one in known if one.net is not None)
    word = "lost" if net < 0 else "gained"
    amount = formats.money(Amount(abs(net), currency))
    part = "" if len(known) == len(found) else f"{len(known)} of "
    told = f"**Rates of exchange {word} {amount} on {part}{many}**, if settled on their due dates."
    return f"{told} {bring}".strip()


def table(found: Sequence[ExchangeGain]) -> Table:
    """Each foreign invoice: what it cost, what was owed, what is paid, and what lies between."""
    rows = [
        {
            "Invoice": one.invoice_id,
            "Invoiced": formats.money(Amount(one.invoiced, one.currency)),
            "Expense": _money(one.expense, one),
            "Payable": _money(one.payable, one),
            "If settled when due": _money(one.settled, one),
            "At invoice": _money(one.gain_at_invoice, one, signed=True),
            "At settlement": _money(one.gain_at_settlement, one, signed=True),
            "Net gain": _money(one.net, one, signed=True),
            "Rates": "; ".join(one.rates) or formats.NONE,
            "To bring": "; ".join(one.missing),
            "Issuer": one.issuer,
        }
        for one in found
    ]
    right = st.column_config.TextColumn(alignment="right")
    amounts = tuple(rows[0] if rows else ())[1:8]
    return records("FX gain and loss of foreign invoices", rows, dict.fromkeys(amounts, right))


def _money(number: Decimal | None, one: ExchangeGain, *, signed: bool = False) -> str:
    if number is None:
        return NOT_KNOWN
    return formats.money(Amount(number, one.reporting), signed=signed)

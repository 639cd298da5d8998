"""Booking tables: cost centers by fiscal period, the journal by line, and what is not recharged."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.focus.columns import UNALLOCATED
from finops.portal import formats
from finops.portal.tables import money_column
from finops.portal.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from finops.invoicing.journal import Journal
    from finops.invoicing.recharge import Recharged
    from finops.invoicing.recharge import Waiting
    from finops.measures import Answer
    from finops.portal.tables import Table

CENTER, LEDGER = "x_CostCenter", "x_GeneralLedgerAccount"
NOTHING_ELSE = "nothing else"
_AMOUNT, _NAMED, _UNNAMED = 100, 216, 90


def pivoted(answer: Answer, what: str, called: Mapping[str, str]) -> Table:
    """The rows of an answer by its grain, one row for each cost center and account.

    `called` has the name beside the id of each.
    """
    measure = next(iter(answer.total))
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    for row in answer.records():
        amount = row[measure]
        cells = found.setdefault((str(row[CENTER]), str(row[LEDGER])), {})
        if isinstance(amount, Decimal):
            cells[str(row["fiscal_period"])] = amount
    periods = sorted({name for cells in found.values() for name in cells})
    named = {name: f"{name} ({answer.currency})" for name in periods}
    rows: list[dict[str, object]] = [
        {
            "Cost center": called.get(center, center),
            "Account": called.get(account, account),
            **{named[name]: _shown(cells.get(name)) for name in periods},
        }
        for (center, account), cells in sorted(found.items())
    ]
    sums: dict[str, object] = {
        named[name]: _shown(total(cells.get(name, Decimal(0)) for cells in found.values()))
        for name in periods
    }
    rows += [{"Cost center": "All", "Account": "", **sums}] if rows else []
    config = {column: money_column() for column in named.values()}
    config["Cost center"] = st.column_config.TextColumn(pinned=True)
    return records(f"{what} by cost center, account and fiscal period", rows, config)


def lines(found: Journal, called: Mapping[str, str]) -> Table:
    """The journal line by line, the lines of an entry under its number."""
    rows = [
        {
            "Entry": number,
            "Date": entry.day,
            "Account": line.account,
            "Cost center": called.get(line.cost_center, line.cost_center) or formats.NONE,
            "Debit": _shown(line.debit or None),
            "Credit": _shown(line.credit or None),
            "Currency": entry.currency,
            "Memo": line.memo,
        }
        for number, entry in enumerate(found.entries, start=1)
        for line in entry.lines
    ]
    named = any(row["Cost center"] != formats.NONE for row in rows)
    widths = {"Entry": 50, "Date": 92, "Account": 66, "Currency": 68}
    widths |= {"Cost center": _NAMED if named else _UNNAMED}
    config: dict[str, object] = {
        name: st.column_config.Column(width=width) for name, width in widths.items()
    }
    config |= dict.fromkeys(("Debit", "Credit"), money_column(width=_AMOUNT))
    return records(f"Journal of {found.period}, each line in its entry's currency", rows, config)


def waiting(found: Recharged, called: Mapping[str, str]) -> Table:
    """What is not recharged yet, cost center by cost center, and what each still lacks."""
    every = common(found.waiting)
    amount = f"Not recharged ({found.currency})"
    rows = [
        {
            "Cost center": called.get(one.cost_center, one.cost_center),
            amount: formats.money(Amount(one.amount, found.currency)),
            "What is missing": formats.dated("; ".join(t for t in one.lacks if t not in every))
            or NOTHING_ELSE,
        }
        for one in found.waiting
    ]
    return records("What is not recharged yet", rows)


def common(found: Sequence[Waiting]) -> tuple[str, ...]:
    """What every cost center lacks that has to wait: said once, not of each."""
    told = [one.lacks for one in found if one.cost_center != UNALLOCATED]
    return tuple(word for word in told[0] if all(word in one for one in told)) if told else ()


def _shown(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(Decimal("0.01"))

"""Booking: what the Finance page shows: is the month reconciled, booked and accrued, and where."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.core.amount import total
from finops.invoicing.journal import ACCRUAL
from finops.invoicing.posted import journal_of
from finops.portal import desk
from finops.portal import formats
from finops.portal import tables
from finops.portal import tie_tables
from finops.portal import ties
from finops.portal.exports import JOURNAL
from finops.portal.tables import money_column
from finops.portal.tables import records
from finops.reporting.exports import KINDS

if TYPE_CHECKING:
    from finops.invoicing.journal import Journal
    from finops.measures import Answer
    from finops.portal.lens import Lens
    from finops.portal.tables import Table

CENTER, LEDGER = "x_CostCenter", "x_GeneralLedgerAccount"
MONTHS = 3
"""How many months the pivot shows, the chosen one last."""


def sentence(lens: Lens) -> str:
    """Reconciled? Booked? Accrued? In that order."""
    report, found = ties.report(lens), journal(lens)
    month = formats.month(lens.period)
    tied = f"{month} is {report.state}"
    holds = "" if report.ties else ", with amounts that nobody can name"
    booked = f"version {found.version} is posted" if found.posted else "it is not posted yet"
    accrued = [one for one in found.entries if one.kind == ACCRUAL]
    waits = "nothing is accrued"
    if accrued:
        amounts = (formats.money(Amount(one.debits, one.currency)) for one in accrued)
        waits = f"accrued: {' and '.join(amounts)}"
    if came := [one for one in ties.true_ups(lens) if one.amount]:
        rest = (formats.money(Amount(one.amount, one.currency), signed=True) for one in came)
        waits += f"; the invoices were {' and '.join(rest)} off what had been accrued"
    balances = "the journal balances" if found.balances else "**✕ the journal does not balance**"
    return f"**{tied}{holds}**; {balances}, {booked}; {waits}."


def journal(lens: Lens) -> Journal:
    """The journal of the chosen month, whole."""
    return journal_of(desk.workspace(), ties.whole(), lens.period, accounts=desk.accounts())


def invoices(lens: Lens) -> None:
    """Each invoice beside its charges, the unexplained first."""
    matches = ties.worst_first(ties.report(lens))
    tables.draw_or_say(tie_tables.invoices(matches), "There is no invoice in this month.")


def pivot(lens: Lens) -> None:
    """Effective or billed cost by cost center and ledger account, a column a fiscal period."""
    dataset = desk.dataset(lens)
    if dataset is None:
        return
    query = lens.query(
        lens.period.plus(1 - MONTHS).start,
        lens.period.end,
        by=(CENTER, LEDGER),
        grain="fiscal_period",
    )
    tables.draw_or_say(pivoted(desk.ask(dataset, query), lens.basis.label), "There is no cost.")


def pivoted(answer: Answer, what: str) -> Table:
    """The rows of an answer by its grain, one row for each cost center and account."""
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
            "Cost center": center,
            "Account": account,
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
    return records(f"{what} by cost center, account and fiscal period", rows, config)


def preview(lens: Lens) -> None:
    """The journal, line by line, and the files that a ledger takes in."""
    found = journal(lens)
    rows = [
        {
            "Date": entry.day,
            "Entry": f"{entry.kind}: {entry.subject}",
            "Account": line.account,
            "Cost center": line.cost_center or formats.NONE,
            "Currency": entry.currency,
            "Debit": _shown(line.debit or None),
            "Credit": _shown(line.credit or None),
            "Memo": line.memo,
        }
        for entry in found.entries
        for line in entry.lines
    ]
    narrow = ("Date", "Account", "Cost center", "Currency")
    config = {name: st.column_config.Column(width="small") for name in narrow}
    config |= {"Entry": st.column_config.Column(width="medium")}
    config |= {"Debit": money_column(), "Credit": money_column()}
    table = records(f"Journal of {found.period}, each line in its entry's currency", rows, config)
    tables.draw_or_say(table, "There is nothing to book in this month.")
    for one in found.recharged:
        if one.rate is not None:
            share = formats.percent(one.rate)
            st.caption(f"Recharged to cost centers in {one.currency}: {share}.")
    with st.container(horizontal=True):
        for kind in KINDS:
            address = f"{JOURNAL}/{found.period}.{kind}"
            st.link_button(f"Journal as {kind}", address, icon=":material/download:")


def _shown(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(Decimal("0.01"))

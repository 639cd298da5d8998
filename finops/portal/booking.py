"""Booking: what the Finance page shows: is the month reconciled, booked and accrued, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.core.amount import Amount
from finops.invoicing.journal import ACCRUAL
from finops.invoicing.posted import journal_of
from finops.invoicing.posted import postings
from finops.operations.recharging import gate_of
from finops.portal import allocated
from finops.portal import booking_tables
from finops.portal import desk
from finops.portal import formats
from finops.portal import reading
from finops.portal import set_up
from finops.portal import tables
from finops.portal import tie_tables
from finops.portal import ties
from finops.portal.booking_tables import CENTER
from finops.portal.booking_tables import LEDGER
from finops.portal.exports import address
from finops.portal.exports import JOURNAL
from finops.portal.memory import Memory
from finops.reporting.exports import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.invoicing.journal import Journal
    from finops.invoicing.recharge import Recharged
    from finops.portal.lens import Lens

_KEPT = 100

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
    """The journal of the chosen month, whole; it recharges whoever may be charged back today."""
    return reading.once(("journal", lens.period), lambda: _journal(lens))


def _journal(lens: Lens) -> Journal:
    """Worked out once for what it is made of: the snapshot, the accounts, who agreed, postings."""
    gate = gate_of(lambda: allocated.told(lens, CENTER))
    dataset, accounts, workspace = ties.whole(), set_up.accounts(), desk.workspace()
    month, snapshot = str(lens.period), dataset.snapshot
    there = desk.known(("postings", month), lambda: postings(workspace, month))
    key = (
        *(workspace.root, snapshot.id, snapshot.revision, dataset.scopes, month, accounts),
        *(gate.of_month, tuple(gate.of_center.items())),
        tuple((one.version, one.source) for one in there),
    )
    return _journals().get(
        key, lambda: journal_of(workspace, dataset, lens.period, accounts=accounts, gate=gate)
    )


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
    found = desk.ask(dataset, query)
    called = desk.organization().at(str(lens.period)).called
    table = booking_tables.pivoted(found, lens.basis.label, called)
    tables.draw_or_say(table, "There is no cost.")


def preview(lens: Lens) -> None:
    """The journal, line by line, and the files that a ledger takes in."""
    found = journal(lens)
    called = desk.organization().at(str(found.period)).called
    tables.draw_or_say(
        booking_tables.lines(found, called), "There is nothing to book in this month.", blank=""
    )
    for one in found.recharged:
        _recharged(one, called)
    tables.offer("Journal", {kind: address(JOURNAL, str(found.period), kind) for kind in KINDS})


def _recharged(one: Recharged, called: Mapping[str, str]) -> None:
    """How much of the month cost centers are charged, and what waits until they have agreed."""
    if one.rate is None:
        return
    every = booking_tables.common(one.waiting)
    missing = f" Nobody is charged back yet: {'; '.join(every)}." if every else ""
    st.markdown(
        f"**{formats.percent(one.rate)} of what is consumed in {one.currency} is recharged to cost "
        f"centers.**{formats.md_escape(missing)}"
    )
    if one.waiting:
        tables.wrap_or_say(booking_tables.waiting(one, called), "")


@st.cache_resource(show_spinner=False)
def _journals() -> Memory[Journal]:
    return Memory(_KEPT)

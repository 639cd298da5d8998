"""Reconciled: the views of a reconciliation, from the invoices down to the charges behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from finops.allocation import splits as splitting
from finops.core.amount import Amount
from finops.invoicing.reconciliation import Status
from finops.portal import charts
from finops.portal import drawing
from finops.portal import evidence
from finops.portal import formats
from finops.portal import import_tables
from finops.portal import scope_bar
from finops.portal import tables
from finops.portal import tie_forms
from finops.portal import tie_tables
from finops.portal import ties

if TYPE_CHECKING:
    from collections.abc import Callable

    from finops.core.period import BillingPeriod
    from finops.dataset import Dataset
    from finops.invoicing import Reconciliation
    from finops.invoicing.reconciliation import Match
    from finops.portal.charts import Step
    from finops.portal.lens import Lens

WHOLE = "An invoice is reconciled whole: what the scope above narrows to does not narrow it."

CHOOSE = (
    "Choose a row to see what makes up its difference, and the charges behind it. Every amount is "
    "as billed, in the invoice's own currency."
)


def invoices(lens: Lens) -> None:
    """Every invoice with its status; of the chosen one what differs, and the charges behind."""
    found = ties.report(lens)
    if found.state == "open":
        tie_forms.template("first")
    if lens.filters:
        st.caption(WHOLE)
    matches = ties.worst_first(found)
    if not matches:
        st.markdown("There is neither an invoice nor a charge in this month.")
        return
    place = tables.pick(
        tie_tables.invoices(matches), red="Unexplained", key=f"invoices-{found.period}"
    )
    st.caption(CHOOSE)
    _chosen(matches[place], found.period)


def walk(
    steps_of: Callable[[Reconciliation, str], tuple[Step, ...]], name: str, lens: Lens
) -> None:
    """One of the walks between two amounts, in one currency after another."""
    found = ties.report(lens)
    known = ties.currencies(found)
    key = steps_of.__name__
    currency = known[0] if known else ""
    if len(known) > 1:
        currency = st.segmented_control(
            "Billing currency", known, default=currency, required=True, key=f"{key}-currency"
        )
    steps = steps_of(found, currency)
    if not steps:
        st.markdown("There is nothing billed in this month.")
        return
    chart, table = charts.walk(steps, currency), tie_tables.steps(name, steps, currency)
    drawing.show(chart, table, key=key)


def commitments(lens: Lens) -> None:
    """The prepaid balance of each currency rolled forward, then the ledger of every commitment."""
    found = ties.report(lens)
    if found.prepaid:
        tables.draw(tie_tables.prepaid(found.prepaid))
    for one in found.prepaid:
        st.caption(formats.md_escape(ties.balance(one)))
    ledger = tie_tables.ledger(found.commitments)
    tables.draw_or_say(ledger, "No commitment has a charge up to this month.")


def splits(dataset: Dataset) -> None:
    """The charges of the month that came both whole and in parts; nothing where there are none."""
    if found := splitting.splits(dataset, str(scope_bar.lens().period)):
        told = "in the data both whole and in parts, which counts them twice"
        st.markdown(f":red[**✕ {formats.are(len(found), 'resource')} {told}.**]")
        tables.draw(import_tables.splits(found))


def _chosen(match: Match, period: BillingPeriod) -> None:
    """What makes up the difference of one invoice, and the charges behind it."""
    name = formats.md_escape(match.invoice_id or "Charges without an invoice")
    invoiced, billed = (
        formats.money(Amount(number, match.currency)) for number in (match.invoiced, match.billed)
    )
    if match.status is Status.NO_INVOICE:
        invoiced = "nothing that is known"
    issuer = formats.md_escape(match.issuer)
    st.markdown(f"**{name}** of {issuer}: invoiced {invoiced}, billed {billed} in the charges.")
    if match.unexplained:
        amount = formats.money(Amount(match.unexplained, match.currency), signed=True)
        st.markdown(f":red[**✕ {amount} is UNEXPLAINED.**]")
    if match.note:
        st.markdown(formats.md_escape(match.note))
    table = tie_tables.named(match)
    tables.draw_or_say(table, "It equals its charges: there is no difference.")
    if match.open:
        with st.expander("Explain the difference", icon=":material/edit_note:"):
            tie_forms.explain(match, period)
    _behind(match, period)


def _behind(match: Match, period: BillingPeriod) -> None:
    """The charges behind an invoice or one of its differences."""
    whole = ties.whole()
    options = evidence.behind(whole, match, period)
    names = [option.name for option in options]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.selectbox(
            "Charges behind",
            range(len(options)),
            format_func=names.__getitem__,
            key=f"behind-{match.issuer}-{match.invoice_id}-{match.currency}",
            width=320,
        )
        how = st.segmented_control(
            "Told",
            ("By service", "Line by line"),
            default="By service",
            required=True,
            key="behind-how",
        )
    dataset = evidence.narrowed(whole, options[place].scopes)
    draw = evidence.lines if how == "Line by line" else evidence.by_service
    currency = match.charged_in or match.currency
    tables.draw_or_say(draw(dataset, currency), "No charge is behind it.")
    if how == "Line by line":
        st.caption(f"The largest {evidence.MOST} charges at most.")

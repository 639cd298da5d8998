"""Forms of a reconciliation: explain a difference, bring invoices by file or type one in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.core.amount import Amount
from finops.ingestion import invoices
from finops.invoicing import explanations
from finops.invoicing.differences import Reason
from finops.portal import desk
from finops.portal import formats
from finops.portal import once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.access.command import Call
    from finops.core.period import BillingPeriod
    from finops.invoicing.reconciliation import Match

_TYPED = (
    ("InvoiceIssuerName", "Issuer, as the charges name it"),
    ("InvoiceId", "Invoice number"),
    ("BillingAccountId", "Billing account (may be empty)"),
    ("BillingPeriodStart", "First day of the billing month (YYYY-MM-DD)"),
    ("Currency", "Currency (ISO code)"),
    ("NetAmount", "Net amount"),
    ("TaxAmount", "Tax"),
    ("PayableAmount", "Payable: net and tax"),
)
_PLACE = "invoices"


def template(place: str) -> None:
    """Offer a file of invoice headers with one example; `place` tells two offers apart."""
    st.download_button(
        "Download the template of invoice headers",
        headers(),
        file_name="invoice-headers-template.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"invoice-template-{place}",
    )


def headers(row: Mapping[str, str] | None = None) -> str:
    """A csv file of invoice headers with one invoice; the example where none is given."""
    return invoices.FILE.template(row)


def explain(match: Match, period: BillingPeriod) -> None:
    """A form to name what an open difference is, on the record."""
    which = (period, match.restates, match.issuer, match.currency, match.invoice_id)
    rounded = Amount(match.open, match.currency).rounded().number

    def fields(turn: str) -> tuple[str, str | None, str]:
        st.markdown("**Explain it**: what is it, how much, and how is that known?")
        amount = st.text_input(
            f"Amount, invoiced less billed ({match.currency})",
            value=f"{rounded or match.open:f}",
            key=f"{turn}-amount",
        )
        reason = st.selectbox(
            "Reason", list(map(str, Reason)), index=None, accept_new_options=True,
            key=f"{turn}-reason",
        )  # fmt: skip
        return amount, reason, st.text_area("Evidence", key=f"{turn}-evidence", height=80)

    def work(said: tuple[str, str | None, str], call: Call) -> str:
        amount, reason, evidence = said
        claim = explanations.Claim(
            invoice_id=match.invoice_id,
            month=str(period),
            issuer=match.issuer,
            currency=match.currency,
            reason=reason or "",
            amount=explanations.amount_of(amount),
            evidence=evidence,
        )
        explanations.say(desk.workspace(), claim, **call)
        return f"{match.invoice_id}: explained as {claim.reason}, on the record."

    name, button = "-".join(map(str, ("explain", *which))), ("Explain", Permission.WRITE_INVOICES)
    once.ask(name, button, fields, work, place=_PLACE)


def bring() -> None:
    """Bring invoices in by file, or type one in."""
    once.told(_PLACE)
    by_file, typed = st.tabs(["A file of invoices", "Type one in"], key="invoice-ways")
    with by_file:
        _file()
    with typed:
        _typed()


def _file() -> None:
    key, turn = once.form("invoice-file")
    template("bring")
    file = st.file_uploader(
        "Invoice headers (csv, xlsx), or FOCUS 1.4 InvoiceDetail",
        type=["csv", "xlsx", "gz", "zst", "parquet"],
        key=f"{turn}-file",
        help="One invoice a line. The same invoice again takes the place of the earlier one.",
    )
    may = desk.actor().may(Permission.WRITE_INVOICES)
    clicked = st.button(
        "Add invoices", type="primary", key=f"{turn}-add", disabled=not (file and may)
    )
    if clicked and file:
        content, name = file.getvalue(), Path(file.name).name
        own = f"{key}-{file.file_id}"
        once.do("invoice-file", lambda: _brought(name, content, desk.call(own)), place=_PLACE)


def _typed() -> None:
    def fields(turn: str) -> dict[str, str]:
        return {name: st.text_input(label, key=f"{turn}-{name}") for name, label in _TYPED}

    def work(row: dict[str, str], call: Call) -> str:
        content = headers({name: value.strip() for name, value in row.items()})
        return _brought("typed-invoice.csv", content.encode(), call)

    button = "Add the invoice", Permission.WRITE_INVOICES
    once.ask("invoice-typed", button, fields, work, place=_PLACE)


def _brought(name: str, content: bytes, call: Call) -> str:
    """Bring a file in, and say what it brought."""
    with tempfile.TemporaryDirectory(prefix="finops-invoices-") as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        done = invoices.bring(desk.workspace(), path, **call)
    return f"{name}: {formats.are(done.invoices, 'invoice')} in."

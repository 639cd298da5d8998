"""Forms of a reconciliation: explain a difference, bring invoices by file or type one in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import streamlit as st

from finops.access.roles import Permission
from finops.core.amount import Amount
from finops.errors import TieoutError
from finops.ingestion import invoices
from finops.invoicing import explanations
from finops.invoicing.differences import Reason
from finops.portal import desk
from finops.portal import formats

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

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
_TOLD = "invoices-told"


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
    """A form to name what an unexplained difference is, on the record."""
    key, turn = _once("explain")
    options = [str(reason) for reason in Reason]
    rounded = Amount(match.unexplained, match.currency).rounded().number
    with st.form(f"{turn}-{match.issuer}-{match.invoice_id}", enter_to_submit=False):
        st.markdown("**Explain it**: what is it, how much, and how is that known?")
        amount = st.text_input(
            f"Amount, invoiced less billed ({match.currency})",
            value=f"{rounded or match.unexplained:f}",
            key=f"{turn}-amount",
        )
        reason = st.selectbox(
            "Reason", options, index=None, accept_new_options=True, key=f"{turn}-reason"
        )
        evidence = st.text_area("Evidence", key=f"{turn}-evidence", height=80)
        sent = _send("Explain", turn, Permission.WRITE_INVOICES)
    if not sent:
        return

    def say() -> str:
        claim = explanations.Claim(
            invoice_id=match.invoice_id,
            month=str(period),
            issuer=match.issuer,
            currency=match.currency,
            reason=reason or "",
            amount=explanations.amount_of(amount),
            evidence=evidence,
        )
        explanations.say(
            desk.workspace(), claim, actor=desk.actor(), at=desk.now(), origin="page", key=key
        )
        return f"{match.invoice_id}: explained as {claim.reason}, on the record."

    _do("explain", say)


def bring() -> None:
    """Bring invoices in by file, or type one in."""
    if told := st.session_state.pop(_TOLD, ""):
        st.success(formats.md_escape(told), icon=":material/check_circle:")
    by_file, typed = st.tabs(["A file of invoices", "Type one in"], key="invoice-ways")
    with by_file:
        _file()
    with typed:
        _typed()


def _file() -> None:
    key, turn = _once("invoice-file")
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
        _do("invoice-file", lambda: _brought(name, content, f"{key}-{file.file_id}"))


def _typed() -> None:
    key, turn = _once("invoice-typed")
    with st.form(f"{turn}-form", enter_to_submit=False):
        row = {name: st.text_input(label, key=f"{turn}-{name}") for name, label in _TYPED}
        sent = _send("Add the invoice", turn, Permission.WRITE_INVOICES)
    if sent:
        content = headers({name: value.strip() for name, value in row.items()})
        _do("invoice-typed", lambda: _brought("typed-invoice.csv", content.encode(), key))


def _brought(name: str, content: bytes, key: str) -> str:
    """Bring a file in, and say what it brought."""
    with tempfile.TemporaryDirectory(prefix="finops-invoices-") as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        done = invoices.bring(
            desk.workspace(), path, actor=desk.actor(), at=desk.now(), origin="page", key=key
        )
    return f"{name}: {formats.count(done.invoices)} invoices are in."


def _do(form: str, work: Callable[[], str]) -> None:
    """Do what a form asks; done, it becomes a new form, so that it is done once."""
    try:
        told = work()
    except TieoutError as error:
        st.error(formats.md_escape(error.sentence), icon=":material/error:")
        return
    st.session_state[_TOLD] = told
    st.session_state[f"once-{form}"] = uuid4().hex
    st.rerun(scope="app")


def _once(form: str) -> tuple[str, str]:
    """The key under which a form's request is done once, and the name of the form that has it.

    A second click carries the key of the first; after it is done its form is gone.
    """
    key: str = st.session_state.setdefault(f"once-{form}", uuid4().hex)
    return f"{form}-{key}", f"{form}-{key[:8]}"


def _send(label: str, turn: str, permission: Permission) -> bool:
    return st.form_submit_button(
        label, type="primary", key=f"{turn}-send", disabled=not desk.actor().may(permission)
    )

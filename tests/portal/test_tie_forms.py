"""Invoices come in by the page as they come in by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from finops.ingestion import invoices
from finops.portal import tie_forms
from tests.pages import bills

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def page() -> None:
    """The form of one of two invoices, whichever is chosen."""
    from decimal import Decimal  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from finops.core.period import BillingPeriod  # noqa: PLC0415
    from finops.invoicing.reconciliation import Match  # noqa: PLC0415
    from finops.invoicing.reconciliation import Status  # noqa: PLC0415
    from finops.portal import tie_forms  # noqa: PLC0415

    amounts = {"I-1": Decimal("12.50"), "I-2": Decimal("-3.10")}
    name = st.radio("Invoice", list(amounts))
    less, none = amounts[name], Decimal(0)
    match = Match(
        issuer="Cloud", invoice_id=name, account="", currency="USD", invoiced=less, billed=none,
        difference=less, explained=(), unexplained=less, status=Status.UNEXPLAINED,
    )  # fmt: skip
    tie_forms.explain(match, BillingPeriod(2026, 10))


def test_the_form_of_another_invoice_has_that_invoices_amount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_WORKSPACE", str(bills.nothing(tmp_path)))
    app = AppTest.from_function(page, default_timeout=60).run()
    assert app.text_input[0].value == "12.50"
    app.text_input[0].input("12.00")
    app.radio[0].set_value("I-2").run()
    assert app.text_input[0].value == "-3.10"
    assert not app.exception


def test_the_template_is_a_file_that_can_be_brought_in(tmp_path: Path) -> None:
    file = tmp_path / "template.csv"
    file.write_text(tie_forms.headers())
    (header,) = invoices.read(file)
    assert (header.issuer, header.month, str(header.payable)) == (
        "Example Cloud",
        "2026-10",
        "1200.00",
    )


def test_what_is_typed_is_a_file_of_one_invoice() -> None:
    head, line = tie_forms.headers({"InvoiceId": 'A, "B"'}).splitlines()
    assert set(invoices.FILE.needed) <= set(head.split(","))
    assert '"A, ""B"""' in line

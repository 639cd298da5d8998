"""Invoices come in by the page as they come in by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.ingestion import invoices
from finops.portal import tie_forms

if TYPE_CHECKING:
    from pathlib import Path


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

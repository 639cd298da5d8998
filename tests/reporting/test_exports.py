"""A table that is taken away says the same everywhere, and nothing in it is computed."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from finops.errors import UsageError
from finops.reporting.exports import exported

ROWS = [("=1+1", date(2026, 4, 30), Decimal("-12.50"), None), ("@x", "\tz", Decimal("1E+3"), "-a")]


def test_a_csv_keeps_every_digit_and_disarms_formulas() -> None:
    text = exported(("A", "B", "C", "D"), ROWS, kind="csv").decode()
    assert list(csv.reader(io.StringIO(text))) == [
        ["A", "B", "C", "D"],
        ["'=1+1", "2026-04-30", "-12.50", ""],
        ["'@x", "'\tz", "1000", "'-a"],
    ]


def test_a_workbook_has_numbers_and_no_formula() -> None:
    content = exported(("A", "B", "C", "D"), ROWS, kind="xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-12.5</v>" in sheet
    assert "'=1+1" in texts
    assert ">=1+1" not in texts


def test_another_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="'pdf' is no kind"):
        exported(("A",), (), kind="pdf")

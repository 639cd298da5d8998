"""A table that is taken away says the same everywhere, and nothing in it is computed."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from python_calamine import CalamineWorkbook

from finops.errors import UsageError
from finops.reporting.exports import About
from finops.reporting.exports import exported

ABOUT = About("=Costs", "Ines", date(2026, 5, 3), only="x_Team=search", snapshot="7-ab")
ROWS = [("=1+1", date(2026, 4, 30), Decimal("-12.50"), None), ("@x", "\tz", Decimal("1E+3"), "-a")]


def test_a_csv_keeps_every_digit_and_disarms_formulas() -> None:
    text = exported(("A", "B", "C", "D"), ROWS, kind="csv", about=ABOUT).decode()
    assert list(csv.reader(io.StringIO(text))) == [
        ["A", "B", "C", "D"],
        ["'=1+1", "2026-04-30", "-12.50", ""],
        ["'@x", "'\tz", "1000", "'-a"],
    ]


def test_a_workbook_has_numbers_and_no_formula() -> None:
    content = exported(("A", "B", "C", "D"), ROWS, kind="xlsx", about=ABOUT)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-12.5</v>" in sheet
    assert "'=1+1" in texts
    assert ">=1+1" not in texts


def test_a_workbook_says_what_it_is_about_and_by_what_its_table_is_known() -> None:
    rows = [("a", date(2026, 4, 30))]
    content = exported(("What", "Due"), rows, kind="xlsx", about=ABOUT)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    told = {name: said for name, said, *_ in book.get_sheet_by_name("About").to_python()}
    plain = exported(("What", "Due"), rows, kind="csv", about=ABOUT)
    assert told == {
        "About": "",
        "What": "'=Costs",
        "Only": "x_Team=search",
        "Snapshot": "7-ab",
        "Rows": 1,
        "SHA-256 as csv": sha256(plain).hexdigest(),
        "Taken by": "Ines",
        "Taken on": date(2026, 5, 3),
    }


def test_a_workbook_says_where_the_digits_are_that_a_spreadsheet_does_not_keep() -> None:
    exact = Decimal("128418.661888003527674")
    content = exported(("Total",), [(exact,)], kind="xlsx", about=ABOUT)
    about = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("About")
    assert "the same table as csv has all" in str(about.to_python())
    assert str(exact).encode() in exported(("Total",), [(exact,)], kind="csv", about=ABOUT)


def test_another_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="'pdf' is no kind"):
        exported(("A",), (), kind="pdf", about=ABOUT)

"""Workbook: what is to be sorted is typed, and what is to be read is not cut."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from finops.reporting.workbook import lossless
from finops.reporting.workbook import workbook

LONG = "a resource of forty signs, to be read whole"
DAY = date(2026, 4, 30)
MANY = Decimal("0.123456789012345678901")


def test_days_and_numbers_are_typed_so_that_they_can_be_sorted_and_summed() -> None:
    told = [(LONG, DAY, Decimal("12.50")), ("b", DAY, MANY)]
    content = workbook(("What", "Due", "Cost"), told, [])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Table")
    names, first, second = sheet.to_python()
    assert names == ["What", "Due", "Cost"]
    assert first == [LONG, DAY, 12.5]
    assert second == ["b", DAY, pytest.approx(float(MANY), rel=1e-15)]
    assert all(lossless(cell) for cell in told[0])
    assert not lossless(MANY)


def test_a_column_is_as_wide_as_what_stands_in_it_up_to_a_limit() -> None:
    content = workbook(("What", "N", "All"), [(LONG, Decimal(3), "x" * 900)], [])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([0-9.]+)"', sheet)]
    assert widths[0] > len(LONG)
    assert 8 <= widths[1] < 10
    assert 60 <= widths[2] < 70
    assert "<pane " in sheet
    assert "<autoFilter " in sheet


def test_a_table_without_rows_has_its_names() -> None:
    content = workbook(("What",), [], [("What", "Nothing")])
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_name("Table").to_python() == [["What"]]
    assert book.get_sheet_by_name("About").to_python()[1] == ["What", "Nothing"]

"""The data page, as the practitioner uses it before the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit

DATA = "operate/data.py"


def test_it_opens_with_whether_the_data_is_complete(visit: Visit, three_months: Path) -> None:
    first = visit(three_months, DATA).markdown[0].value
    assert "Charges are in to 12 Nov 2026" in first
    assert "2 rows were left out" in first


def test_every_import_and_every_rejected_row_is_there(visit: Visit, three_months: Path) -> None:
    at = visit(three_months, DATA)
    imports = next(frame.value for frame in at.dataframe if "Import" in frame.value)
    rejected = next(frame.value for frame in at.dataframe if "Reason" in frame.value)
    assert list(imports["Status"]) == ["committed", "rejected", "committed", "committed"]
    assert list(rejected["Line"]) == [6, 9]


def test_a_file_can_be_brought_in_while_there_is_nothing(visit: Visit, nothing: Path) -> None:
    at = visit(nothing, DATA)
    assert [head.value for head in at.subheader] == ["Bring in a file", "Imports", "Rejected rows"]
    assert at.button(key="upload-import").disabled

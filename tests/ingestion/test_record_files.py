"""Record files: a file is taken whole, or refused by the cell that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from finops.errors import InputError
from finops.ingestion import cells
from finops.ingestion.record_files import Column
from finops.ingestion.record_files import RecordFile
from tests.lanes import examples

if TYPE_CHECKING:
    from pathlib import Path

FILE = RecordFile(
    noun="thing",
    columns=(
        Column("name", example="a"),
        Column("day", cells.day, "2026-10-01"),
        Column("note", cells.maybe(cells.text, "-"), needed=False),
    ),
    make=lambda line: (line["name"], str(line["day"]), line["note"]),
    key=lambda one: one[0],
    once="name",
)
GOOD = "name,day\na,2026-10-01\n"


def read(folder: Path, text: str) -> tuple[tuple[str, str, str], ...]:
    file = folder / "things.csv"
    file.write_text(text, encoding="utf-8")
    return FILE.read(file)


def test_a_column_that_may_be_left_out_says_its_usual(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == (("a", "2026-10-01", "-"),)


@pytest.mark.parametrize(
    ("text", "said", "remedy"),
    [
        ("", "things.csv: the file is empty.", ""),
        ("name\na\n", "things.csv line 1: the column day is missing.", "has name, day."),
        ("name,name,day\n", "line 1: name is there twice.", "Name each column once."),
        ("name,day\n", "things.csv holds no thing.", "Add a line"),
        (GOOD.replace("day\n", "day,Note\n"), "line 1: the column 'Note' is not known.", "note?"),
        (GOOD + ",2026-10-01\n", "line 3, name '': expected a value.", "No thing of this file"),
        (GOOD + "b,1 May\n", "line 3, day '1 May': expected a day as YYYY-MM-DD.", "No thing"),
        (GOOD + "\n\na,2026-10-02\n", "line 5, name 'a': expected each thing once; line 2", ""),
        (GOOD + "b,2026-10-01,1\n", "expected no value beyond the last column", "No thing"),
        (GOOD + '"b', "things.csv cannot be read as csv", "UTF-8"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    tmp_path: Path, text: str, said: str, remedy: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert remedy in caught.value.remedy


def test_a_workbook_counts_its_lines_from_the_top_of_the_sheet(tmp_path: Path) -> None:
    file = tmp_path / "things.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate((("name", "day"), (), ("a", "soon"))):
            sheet.write_row(row, 0, values)
    with pytest.raises(InputError, match="line 3, day 'soon'"):
        FILE.read(file)


def test_what_is_typed_is_named_by_its_column_alone() -> None:
    assert FILE.typed({"name": " a ", "day": "2026-10-01"}) == ("a", "2026-10-01", "-")
    with pytest.raises(InputError, match=r"^day 'x': expected a day") as caught:
        FILE.typed({"name": "a", "day": "x"})
    assert caught.value.remedy == "Nothing was taken."


def test_the_template_is_a_file_that_can_be_read(tmp_path: Path) -> None:
    assert read(tmp_path, FILE.template()) == (("a", "2026-10-01", "-"),)


names = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=5)


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(names, min_size=1, max_size=5, unique=True))
def test_a_file_says_its_lines_in_order_whatever_they_hold(
    tmp_path_factory: pytest.TempPathFactory, told: list[str]
) -> None:
    rows = [FILE.template({"name": name, "day": "2026-10-01"}) for name in told]
    text = "".join([rows[0], *(row.split("\r\n", 1)[1] for row in rows[1:])])
    found = read(tmp_path_factory.mktemp("things"), text)
    assert [name for name, _, _ in found] == told

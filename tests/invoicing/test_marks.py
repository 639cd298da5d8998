"""Every figure says whether its months are sealed; what nobody has closed is provisional."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finops.invoicing.books import books_of
from finops.invoicing.marks import mark
from finops.invoicing.marks import marks
from finops.invoicing.marks import says
from tests.invoicing import closable
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import tell

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace

APRIL, MAY = "2026-04", "2026-05"


def two(workspace: Workspace, folder: Path) -> str:
    """April closed under the seal that is given back, and May open."""
    closable.prepare(workspace, folder / "april.csv")
    seal = closable.shut(workspace)
    bring(workspace, folder / "may.csv", [closable.charge("7", MAY)])
    tell(workspace, invoice(MAY, "7", month=MAY))
    return seal


def text(workspace: Workspace, start: date | None = None, end: date | None = None) -> str:
    dataset = workspace.dataset()
    closings = books_of(workspace, dataset.snapshot).closings
    return says(marks(dataset, closings, start, end))


def test_each_month_of_an_answer_is_marked_and_the_open_ones_first(
    opened: Workspace, tmp_path: Path
) -> None:
    seal = two(opened, tmp_path)
    assert text(opened) == f"{MAY} provisional; {APRIL} closed {seal[:8]}"
    assert text(opened, date(2026, 4, 1), date(2026, 5, 1)) == f"{APRIL} closed {seal[:8]}"
    assert text(opened, date(2026, 4, 30), date(2026, 5, 2)) == text(opened)
    assert text(opened, date(2026, 6, 1)) == ""


def test_a_month_is_final_from_its_seal_to_its_reopening(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    closable.step(opened, "Ann")
    assert text(opened) == f"{APRIL} provisional"
    closable.step(opened, "Bob")
    closable.back(opened, "Ann")
    assert "closed" in text(opened)
    closable.back(opened, "Bob")
    assert text(opened) == f"{APRIL} provisional"


def test_one_issuers_close_does_not_make_the_month_final(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    for name in ("Ann", "Bob"):
        closable.step(opened, name, provider="Cloud")
    dataset = opened.dataset()
    found = mark(books_of(opened, dataset.snapshot).closings, APRIL)
    assert found.text == "provisional"

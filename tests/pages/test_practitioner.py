"""The practitioner's page: what has an owner, how fresh it is, and what does not tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Visit


def test_it_shows_the_invoices_that_do_not_tie(visit: Visit, untied: Path) -> None:
    at = visit(untied, "persona/practitioner.py")
    tables = [set(one.value) for one in at.dataframe]
    assert any("Unexplained" in columns for columns in tables)
    first = at.markdown[0].value
    assert first.startswith("## **October 2026")
    assert first.endswith("**its invoices do not tie**; no review is planned.")
